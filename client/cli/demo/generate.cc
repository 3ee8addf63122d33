#include "client/cli/demo/generate.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/demo/chance.h"
#include "client/cli/demo/counts.h"
#include "client/cli/demo/csv_file.h"
#include "client/cli/demo/landscape.h"
#include "client/cli/demo/participants.h"
#include "client/cli/demo/read_me.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::demo {
namespace {

absl::Status MakeEmptyFolder(const std::string& directory) {
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return errors::FileUnwritable();
  const bool empty = std::filesystem::is_empty(directory, failed);
  if (failed) return errors::FileUnwritable();
  return empty ? absl::OkStatus() : errors::FolderNotEmpty();
}

std::string EndText(const Period& period) {
  return period.end.has_value() ? period.end->Text() : "";
}

absl::Status WriteForbund(const std::string& path,
                          const std::vector<Forbund>& landscape) {
  CsvFile file(path,
               "namn;organisationsnummer;startdatum;slutdatum;beskrivning;"
               "kontakt;kommuner");
  for (const Forbund& forbund : landscape) {
    file.Write(CsvRow({forbund.title, forbund.organization_number,
                       forbund.period.start.Text(), EndText(forbund.period),
                       forbund.description, forbund.contact,
                       absl::StrJoin(forbund.kommuner, "|")}));
  }
  return file.Close();
}

std::string InsatsRow(const Forbund& forbund, const Insats& insats) {
  const Activity& activity = *insats.activity;
  return CsvRow(
      {forbund.title, activity.title, activity.description,
       insats.period.start.Text(), EndText(insats.period),
       activity.kind == ActivityKind::kStructural ? "struktur" : "individ",
       activity.focus, activity.target_groups,
       activity.kind == ActivityKind::kPersonal ? "person" : "volym",
       activity.esf ? "ja" : "nej", "Arbetsförmedlingen|Försäkringskassan"});
}

absl::Status WriteInsatser(const std::string& path,
                           const std::vector<Forbund>& landscape) {
  CsvFile file(path,
               "forbund;namn;beskrivning;startdatum;slutdatum;inriktning;fokus;"
               "malgrupp;metod;esf;parter");
  for (const Forbund& forbund : landscape) {
    for (const Insats& insats : forbund.insatser) {
      file.Write(InsatsRow(forbund, insats));
    }
  }
  return file.Close();
}

absl::Status WriteReadMe(const std::string& path,
                         const GenerateOptions& options) {
  std::ofstream file(path, std::ios::binary);
  file << ReadMe(options);
  file.close();
  return file.fail() ? errors::FileUnwritable() : absl::OkStatus();
}

}  // namespace

absl::Status Generate(const GenerateOptions& options) {
  Faults faults;
  if (options.scale < 1 || options.scale > kMaxScale) {
    faults.Add("scale", reasons::kOutOfRange);
  }
  RETURN_IF_ERROR(faults.ToStatus());
  RETURN_IF_ERROR(MakeEmptyFolder(options.directory));
  Chance chance(options.seed);
  const std::vector<Forbund> landscape = MakeLandscape(chance);
  const auto path = [&](const char* name) {
    return absl::StrCat(options.directory, "/", name);
  };
  RETURN_IF_ERROR(WriteForbund(path("forbund.csv"), landscape));
  RETURN_IF_ERROR(WriteInsatser(path("insatser.csv"), landscape));
  RETURN_IF_ERROR(
      WriteCounts(path("counts.csv"), landscape, options.scale, chance));
  RETURN_IF_ERROR(WriteParticipants(path("participants.csv"), landscape,
                                    options.scale, chance));
  return WriteReadMe(path("LASMIG.txt"), options);
}

}  // namespace stegvis::demo
