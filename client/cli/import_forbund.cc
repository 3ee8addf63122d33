#include "client/cli/import_forbund.h"

#include <array>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/complaint.h"
#include "client/cli/import_kind.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/forbund.grpc.pb.h"

namespace stegvis::cli {
namespace {

enum Column : size_t {
  kTitle,
  kNumber,
  kStart,
  kEnd,
  kDescription,
  kContact,
  kKommuner,
};

constexpr std::array<ColumnSpec, kKommuner + 1> kSpecs = {{
    {"namn", true},
    {"organisationsnummer", true},
    {"startdatum", true},
    {"slutdatum"},
    {"beskrivning"},
    {"kontakt"},
    {"kommuner"},
}};

constexpr ColumnOfPath kPaths[] = {
    {"forbund.display_name", "namn"},
    {"forbund.organization_number", "organisationsnummer"},
    {"forbund.start_date", "startdatum"},
    {"forbund.end_date", "slutdatum"},
    {"forbund.description", "beskrivning"},
    {"forbund.contact", "kontakt"},
    {"forbund.kommuner", "kommuner"},
};

v1::Forbund ReadForbund(const RowCells& cells) {
  v1::Forbund forbund;
  forbund.set_display_name(std::string(cells.Text(kTitle)));
  forbund.set_organization_number(std::string(cells.Text(kNumber)));
  forbund.set_start_date(std::string(cells.Text(kStart)));
  forbund.set_end_date(std::string(cells.Text(kEnd)));
  forbund.set_description(std::string(cells.Text(kDescription)));
  forbund.set_contact(std::string(cells.Text(kContact)));
  for (const absl::string_view part : cells.List(kKommuner)) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(part, absl::MaxSplits(':', 1));
    v1::Kommun& kommun = *forbund.add_kommuner();
    kommun.set_code(halves.first);
    kommun.set_district(halves.second);
  }
  return forbund;
}

void Refuse(const absl::Status& status, int64_t line,
            v1::ImportProgress& progress) {
  v1::RefusedRow& row = *progress.add_refused_rows();
  row.set_line(line);
  for (const Fault& fault : RemoteFaults(status)) {
    v1::FieldReason& reason = *row.add_faults();
    reason.set_field(fault.field);
    reason.set_reason(fault.reason);
  }
}

// The rows of one file. One thread.
class Recorder {
 public:
  Recorder(bool dry_run, Session& session)
      : dry_run_(dry_run), session_(session) {}

  // The answer for one row, as a streamed import would give it.
  absl::StatusOr<v1::ImportProgress> Record(const v1::Forbund& forbund,
                                            int64_t line) {
    v1::CreateForbundRequest request;
    *request.mutable_forbund() = forbund;
    request.set_validate_only(dry_run_);
    request.set_request_id(NewRequestId());
    const absl::StatusOr<v1::Forbund> created =
        session_.Call(&v1::ForbundService::Stub::CreateForbund, request);
    v1::ImportProgress progress;
    progress.set_rows(1);
    if (created.ok() &&
        numbers_.insert(created->organization_number()).second) {
      progress.set_recorded(1);
    } else if (created.ok() ||
               RemoteReason(created.status()) == "ORGANIZATION_NUMBER_TAKEN") {
      progress.set_unchanged(1);
    } else if (absl::IsInvalidArgument(created.status())) {
      Refuse(created.status(), line, progress);
    } else {
      return created.status();
    }
    return progress;
  }

 private:
  const bool dry_run_;
  Session& session_;
  // Those of the file that are new: a dry run does not leave them behind.
  absl::flat_hash_set<std::string> numbers_;
};

}  // namespace

absl::Status ImportForbund(std::istream& file, bool dry_run, Session& session,
                           ImportLedger& ledger) {
  CsvReader reader(file);
  RETURN_IF_ERROR(reader.ReadHeader(NamesOf(kSpecs)));
  ASSIGN_OR_RETURN(const Columns columns,
                   Columns::Create(kSpecs, {}, reader.Columns()));
  Recorder recorder(dry_run, session);
  CsvRow csv;
  while (reader.Next(csv)) {
    if (!csv.fault.empty()) {
      ledger.RefusedHere(csv.line, {{"raden", csv.fault}});
      continue;
    }
    RowFaults none;
    const RowCells cells(columns, csv, none);
    ledger.Sent(csv.line, {});
    ASSIGN_OR_RETURN(const v1::ImportProgress progress,
                     recorder.Record(ReadForbund(cells), csv.line));
    ledger.Answered(progress);
  }
  return absl::OkStatus();
}

std::string ForbundColumn(const std::string& path, const RowTrace& /*trace*/) {
  return ColumnFor(path, kPaths);
}

}  // namespace stegvis::cli
