// A whole server in this process, over TLS, with a caller of every role, and
// something of everything in its store.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/profile.h"
#include "services/server/environment.h"
#include "services/server/server.h"
#include "tests/fuzz/rpc_input.h"

namespace stegvis::fuzz {

// `stranger` has no role.
inline constexpr absl::string_view kUsers[] = {
    "admin",    "samordnare", "import",  "dataskydd",
    "national", "analyst",    "stranger"};

struct RpcAnswer {
  grpc::Status status;
  std::vector<OwnedMessage> messages;
};

// What the server writes to its log, held back. Thread-safe.
class HeldLog;

// One thread.
class RpcWorld {
 public:
  // Makes a new installation in a folder of its own and starts its server.
  RpcWorld();
  ~RpcWorld();

  // Puts what the server knows in place of these texts:
  //   $forbund, $insats, $volume (an insats), $ongoing, $ended, $question
  //   $new    a new request id
  //   $etag   the newest etag of the thing that the request names
  //   $last   the name in the last answer that had one
  //   $page   the last page token
  void Resolve(google::protobuf::Message& request) const;

  // Sends messages as they are, to their end.
  RpcAnswer Call(absl::string_view user,
                 const google::protobuf::MethodDescriptor& method,
                 const std::vector<std::string>& messages);

  // How a client reaches the server as one of the users.
  cli::Profile ProfileOf(const std::string& user) const;

  // What was logged since this was asked last.
  std::string TakeLog();

  // Ends the program unless both audit logs are whole.
  void ExpectSoundLogs();

 private:
  void WriteInstallation();
  absl::Status WriteCertificates();
  absl::Status Serve();
  void Fill();
  // A call that must succeed; `name` is what its result is called from then.
  void Make(absl::string_view user, absl::string_view method,
            absl::string_view text, const std::string& name = "");
  const std::shared_ptr<grpc::Channel>& ChannelOf(const std::string& user);
  void Learn(const google::protobuf::Message& answer);
  std::string Meaning(const std::string& text,
                      const google::protobuf::Message& request) const;

  const std::filesystem::path root_;
  const std::unique_ptr<HeldLog> log_;
  std::unique_ptr<server::Environment> environment_;
  std::unique_ptr<server::Server> server_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
  std::map<std::string, std::string> names_;  // Of `$forbund` and so on.
  std::map<std::string, std::string> etags_;  // Of things by name.
};

// Calls `visit` for each text in the message, at any depth, with its field.
void ForEachText(
    const google::protobuf::Message& message,
    const std::function<void(const google::protobuf::FieldDescriptor&,
                             const std::string&)>& visit);

}  // namespace stegvis::fuzz
