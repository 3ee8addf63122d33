#include "client/cli/import_insatser.h"

#include <array>
#include <utility>

#include "client/cli/reason_text.h"
#include "client/cli/row_names.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

enum Column : size_t {
  kForbund,
  kTitle,
  kDescription,
  kStart,
  kEnd,
  kOrientation,
  kFocus,
  kTargetGroups,
  kMethod,
  kEsf,
  kParties,
};

constexpr std::array<ColumnSpec, kParties + 1> kSpecs = {{
    {"forbund", true},
    {"namn", true},
    {"beskrivning"},
    {"startdatum", true},
    {"slutdatum"},
    {"inriktning", true},
    {"fokus", true},
    {"malgrupp", true},
    {"metod", true},
    {"esf"},
    {"parter"},
}};

constexpr ColumnOfPath kPaths[] = {
    {"forbund", "forbund"},
    {"insats", "namn"},
    {"insats.title", "namn"},
    {"insats.description", "beskrivning"},
    {"insats.start_date", "startdatum"},
    {"insats.end_date", "slutdatum"},
    {"insats.orientation", "inriktning"},
    {"insats.focus", "fokus"},
    {"insats.target_groups", "malgrupp"},
    {"insats.registration_method", "metod"},
    {"insats.esf_financed", "esf"},
    {"insats.parties", "parter"},
};

class Parser final : public RowParser<v1::InsatsRow> {
 public:
  Parser(Columns columns, Directory& directory)
      : columns_(std::move(columns)), names_(directory) {}

  absl::Status Parse(const CsvRow& csv, v1::InsatsRow& row, RowFaults& faults,
                     RowTrace& /*trace*/) override {
    RowCells cells(columns_, csv, faults);
    row.set_line(csv.line);
    ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                     names_.Forbund(cells, kForbund));
    if (forbund != nullptr) row.set_forbund(forbund->name());
    v1::Insats& insats = *row.mutable_insats();
    insats.set_title(std::string(cells.Text(kTitle)));
    insats.set_description(std::string(cells.Text(kDescription)));
    insats.set_start_date(std::string(cells.Text(kStart)));
    insats.set_end_date(std::string(cells.Text(kEnd)));
    insats.set_focus(std::string(cells.Text(kFocus)));
    for (const absl::string_view code : cells.List(kTargetGroups)) {
      insats.add_target_groups(std::string(code));
    }
    for (const absl::string_view party : cells.List(kParties)) {
      insats.add_parties(std::string(party));
    }
    insats.set_esf_financed(cells.YesNo(kEsf));
    ReadKind(cells, insats);
    return absl::OkStatus();
  }

 private:
  // What is empty is left to the server, which says that it is missing.
  static void ReadKind(RowCells& cells, v1::Insats& insats) {
    insats.set_orientation(OrientationOf(cells.Text(kOrientation)));
    if (cells.Has(kOrientation) &&
        insats.orientation() == v1::ORIENTATION_UNSPECIFIED) {
      cells.Refuse(kOrientation, row_reasons::kOrientationInvalid);
    }
    insats.set_registration_method(MethodOf(cells.Text(kMethod)));
    if (cells.Has(kMethod) &&
        insats.registration_method() == v1::REGISTRATION_METHOD_UNSPECIFIED) {
      cells.Refuse(kMethod, row_reasons::kMethodInvalid);
    }
  }

  const Columns columns_;
  RowNames names_;
};

}  // namespace

std::vector<absl::string_view> InsatsColumns() { return NamesOf(kSpecs); }

absl::StatusOr<std::unique_ptr<RowParser<v1::InsatsRow>>> InsatsParser(
    const std::vector<std::string>& header, Directory& directory) {
  ASSIGN_OR_RETURN(Columns columns, Columns::Create(kSpecs, {}, header));
  return std::make_unique<Parser>(std::move(columns), directory);
}

std::string InsatsColumn(const std::string& path, const RowTrace& /*trace*/) {
  return ColumnFor(path, kPaths);
}

}  // namespace stegvis::cli
