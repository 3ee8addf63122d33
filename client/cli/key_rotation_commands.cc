#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/number_format.h"
#include "client/cli/paging.h"
#include "client/cli/reason_text.h"
#include "client/cli/swedish_time.h"
#include "client/cli/terminal.h"
#include "client/cli/text_table.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/admin.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::AdminService;

constexpr absl::Duration kLookAgain = absl::Milliseconds(200);
// Keys that are older make old backups and free disk blocks readable longer
// than they need be.
constexpr absl::Duration kRotateEach = absl::Hours(24 * 30);
constexpr char kUnreadable[] = "RECORD_UNREADABLE";

absl::StatusOr<v1::GetKeyStatusResponse> ReadStatus(Session& session) {
  return session.Call(&AdminService::Stub::GetKeyStatus,
                      v1::GetKeyStatusRequest());
}

std::string HowFar(const v1::KeyRotation& rotation) {
  return absl::StrCat(FormatNumber(rotation.rotated()), " av ",
                      FormatNumber(rotation.keys()), " nycklar är bytta");
}

// Why a rotation stands still, and what to do.
std::string HindranceText(const v1::KeyRotation& rotation) {
  if (rotation.hindrance() != kUnreadable) {
    return absl::StrCat("Bytet står stilla. ", ReasonText(rotation.hindrance()),
                        " Sedan går det vidare av sig självt.");
  }
  return absl::StrCat(
      "Bytet kan inte avslutas: ", FormatNumber(rotation.unreadable()),
      " nycklar går inte att öppna, bland dem den till ",
      rotation.first_unreadable(),
      ". De gamla nycklarna behålls så länge. Återställ en säkerhetskopia "
      "eller radera de deltagandena, och kör sedan stegvis keys rotate igen.");
}

bool IsOld(const v1::GetKeyStatusResponse& status) {
  return status.has_make_time() &&
         absl::FromUnixSeconds(status.make_time().seconds()) + kRotateEach <
             absl::Now();
}

std::string StatusText(const v1::GetKeyStatusResponse& status) {
  std::vector<std::pair<std::string, std::string>> properties = {
      {"Nyckelkällans version", absl::StrCat(status.source_version())},
      {"Gjord",
       status.has_make_time() ? SwedishTime(status.make_time()) : "okänt när"}};
  const v1::KeyRotation& rotation = status.rotation();
  if (status.has_rotation()) {
    properties.emplace_back("Byte begärt", SwedishTime(rotation.begin_time()));
    properties.emplace_back("Så långt", HowFar(rotation));
  }
  std::string text = PropertyText(properties);
  if (!rotation.hindrance().empty()) {
    absl::StrAppend(&text, HindranceText(rotation), "\n");
  } else if (!status.has_rotation() && IsOld(status)) {
    absl::StrAppend(&text,
                    "Nycklarna är äldre än 30 dagar. Byt dem med: stegvis keys "
                    "rotate\n");
  }
  return text;
}

absl::Status ShowStatus(const std::string& format, Session& session) {
  ASSIGN_OR_RETURN(const v1::GetKeyStatusResponse status, ReadStatus(session));
  std::cout << (format == "json" ? JsonText(status) : StatusText(status));
  return absl::OkStatus();
}

// Waits until no rotation is under way; how the keys are then.
absl::StatusOr<v1::GetKeyStatusResponse> AwaitEnd(Session& session) {
  Progress progress;
  while (true) {
    ASSIGN_OR_RETURN(v1::GetKeyStatusResponse status, ReadStatus(session));
    if (!status.has_rotation()) return status;
    if (!status.rotation().hindrance().empty()) {
      progress.Clear();
      return Complaint(HindranceText(status.rotation()));
    }
    progress.Show(absl::StrCat("Byter nycklar: ", HowFar(status.rotation())));
    absl::SleepFor(kLookAgain);
  }
}

absl::Status Rotate(const std::string& format, Session& session) {
  if (!session.Confirm("Byta alla nycklar? Andelar av den gamla nyckelkällan "
                       "slutar att gälla.")) {
    return Complaint("Inget är ändrat.");
  }
  v1::RotateKeysRequest request;
  request.set_request_id(NewRequestId());
  RETURN_IF_ERROR(
      session.Call(&AdminService::Stub::RotateKeys, request).status());
  ASSIGN_OR_RETURN(const v1::GetKeyStatusResponse status, AwaitEnd(session));
  if (format == "json") {
    std::cout << JsonText(status);
    return absl::OkStatus();
  }
  std::cout
      << "Nycklarna är bytta. Nyckelkällan har version "
      << status.source_version()
      << ".\n"
         "Gör nya andelar av den med: stegvis keys share\n"
         "Förstör gamla andelar och andra kopior av den gamla nyckelkällan: "
         "då kan ingen läsa säkerhetskopior från före bytet.\n";
  return absl::OkStatus();
}

}  // namespace

void AddRotationCommands(CommandTable& table, CLI::App& keys) {
  auto shown = std::make_shared<std::string>();
  CLI::App& status = table.Command(
      keys, "status",
      "Visar nyckelkällans version och ålder, och hur långt ett byte av\n"
      "nycklarna har kommit.",
      "stegvis keys status",
      [shown](Session& session) { return ShowStatus(*shown, session); });
  AddFormat(status, *shown);

  auto rotated = std::make_shared<std::string>();
  CLI::App& rotate = table.Command(
      keys, "rotate",
      "Byter alla nycklar medan andra arbetar, och förstör de gamla. Avbryts\n"
      "bytet går det vidare av sig självt när servern är i gång. Gör nya\n"
      "andelar efteråt: de gamla ger bara den gamla nyckelkällan.",
      "stegvis keys rotate",
      [rotated](Session& session) { return Rotate(*rotated, session); });
  AddFormat(rotate, *rotated);
}

}  // namespace stegvis::cli
