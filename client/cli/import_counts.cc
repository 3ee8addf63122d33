#include "client/cli/import_counts.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "client/cli/reason_text.h"
#include "client/cli/row_names.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

enum Column : size_t {
  kForbund,
  kInsats,
  kKind,
  kYear,
  kWomen,
  kMen,
  kTotal,
  kRegistered,
};

constexpr std::array<ColumnSpec, kRegistered + 1> kMigrated = {{
    {"forbund", true},
    {"insats", true},
    {"typ", true},
    {"ar", true},
    {"kvinnor"},
    {"man"},
    {"antal"},
    {"registrerad", true},
}};

constexpr absl::Span<const ColumnSpec> kSpecs =
    absl::Span<const ColumnSpec>(kMigrated).first(kRegistered);

constexpr ColumnOfPath kPaths[] = {
    {"insats", "insats"},       {"count", "typ"},
    {"count.kind", "typ"},      {"count.year", "ar"},
    {"count.women", "kvinnor"}, {"count.men", "man"},
    {"count.total", "antal"},   {"registered_time", "registrerad"},
};

class Parser final : public RowParser<v1::CountRow> {
 public:
  Parser(Columns columns, Directory& directory)
      : columns_(std::move(columns)), names_(directory) {}

  absl::Status Parse(const CsvRow& csv, v1::CountRow& row, RowFaults& faults,
                     RowTrace& /*trace*/) override {
    RowCells cells(columns_, csv, faults);
    row.set_line(csv.line);
    ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                     names_.Forbund(cells, kForbund));
    ASSIGN_OR_RETURN(const v1::Insats* insats,
                     names_.Insats(cells, kInsats, forbund));
    if (insats != nullptr) row.set_insats(insats->name());
    ReadCount(cells, *row.mutable_count());
    if (columns_.Has(kRegistered)) {
      const auto moment = cells.Moment(kRegistered);
      if (moment.has_value()) *row.mutable_registered_time() = *moment;
    }
    return absl::OkStatus();
  }

 private:
  // What is empty is left to the server, which says that it is missing.
  static void ReadCount(RowCells& cells, v1::Count& count) {
    count.set_kind(CountKindOf(cells.Text(kKind)));
    if (cells.Has(kKind) && count.kind() == v1::COUNT_KIND_UNSPECIFIED) {
      cells.Refuse(kKind, row_reasons::kCountKindInvalid);
    }
    constexpr int64_t kLastYear = std::numeric_limits<int32_t>::max();
    const int64_t year = cells.Number(kYear).value_or(0);
    count.set_year(static_cast<int32_t>(std::min(year, kLastYear)));
    if (const auto women = cells.Number(kWomen)) count.set_women(*women);
    if (const auto men = cells.Number(kMen)) count.set_men(*men);
    if (const auto total = cells.Number(kTotal)) count.set_total(*total);
  }

  const Columns columns_;
  RowNames names_;
};

}  // namespace

std::vector<absl::string_view> CountColumns() { return NamesOf(kSpecs); }

absl::StatusOr<std::unique_ptr<RowParser<v1::CountRow>>> CountParser(
    const std::vector<std::string>& header, bool migrate,
    Directory& directory) {
  const absl::Span<const ColumnSpec> specs =
      migrate ? absl::Span<const ColumnSpec>(kMigrated) : kSpecs;
  ASSIGN_OR_RETURN(Columns columns, Columns::Create(specs, {}, header));
  return std::make_unique<Parser>(std::move(columns), directory);
}

std::string CountColumn(const std::string& path, const RowTrace& /*trace*/) {
  return ColumnFor(path, kPaths);
}

}  // namespace stegvis::cli
