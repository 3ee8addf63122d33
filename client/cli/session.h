// What a command works with: the server, found when it is first needed, and
// how the user wants things shown.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/connection.h"
#include "client/cli/directory.h"

namespace stegvis::cli {

// What stands before the command.
struct GlobalOptions {
  std::string profile;  // Empty: none given.
  bool yes = false;
};

// One thread.
class Session {
 public:
  explicit Session(const GlobalOptions& globals) : globals_(globals) {}

  // The profile's file; empty when none was given.
  const std::string& ProfileFile() const { return globals_.profile; }

  // The connection that the profile tells. Fails without a profile.
  absl::StatusOr<Connection*> Connect();

  // The names of förbund and insatser.
  absl::StatusOr<Directory*> Names();

  // Calls a method; see Connection::Call.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request) {
    const absl::StatusOr<Connection*> connection = Connect();
    if (!connection.ok()) return connection.status();
    return (*connection)->Call(method, request);
  }

  // Asks before something that cannot be undone; true at once with --yes or
  // where nobody sits at the terminal.
  bool Confirm(absl::string_view question) const;

  // The work was done in part: exit status 3.
  void MarkPartly() { partly_ = true; }
  bool Partly() const { return partly_; }

 private:
  const GlobalOptions globals_;
  bool partly_ = false;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Directory> directory_;
};

// A message as its JSON, zeros printed, with a line break at the end.
std::string JsonText(const google::protobuf::Message& message);

}  // namespace stegvis::cli
