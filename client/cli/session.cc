#include "client/cli/session.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "client/cli/complaint.h"
#include "client/cli/profile.h"
#include "client/cli/terminal.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {

absl::StatusOr<Connection*> Session::Connect() {
  if (connection_ != nullptr) return connection_.get();
  if (globals_.profile.empty()) {
    return WrongUsage(
        "Ingen profil är vald. Ange --profile FIL före kommandot, eller sätt "
        "STEGVIS_PROFILE.");
  }
  ASSIGN_OR_RETURN(const Profile profile, ReadProfile(globals_.profile));
  connection_ = std::make_unique<Connection>(profile);
  return connection_.get();
}

absl::StatusOr<Directory*> Session::Names() {
  if (directory_ != nullptr) return directory_.get();
  ASSIGN_OR_RETURN(Connection * connection, Connect());
  ASSIGN_OR_RETURN(Directory directory, Directory::Load(*connection));
  directory_ = std::make_unique<Directory>(std::move(directory));
  return directory_.get();
}

bool Session::Confirm(absl::string_view question) const {
  if (globals_.yes || !StdinIsTerminal()) return true;
  const absl::StatusOr<bool> answer = AskYesNo(question);
  return answer.ok() && *answer;
}

std::string JsonText(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  // Every message of ours has a JSON form; strings from gRPC are UTF-8.
  if (!status.ok()) return std::string();
  absl::StripTrailingAsciiWhitespace(&json);
  return json + "\n";
}

}  // namespace stegvis::cli
