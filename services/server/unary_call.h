// The reactors of plain calls. Each is made for one call, holds no thread while
// it waits for the store, and deletes itself when gRPC is done with it.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/server_callback.h>

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/handlers/result_ref.h"
#include "services/server/call.h"
#include "storage/store/store.h"

namespace stegvis::server {

// What a handler does in a read, in a write, and to answer for a write.
using ReadBody = std::function<absl::Status(const access::Caller&,
                                            storage::ReadTransaction&)>;
using WriteBody = std::function<absl::StatusOr<handlers::ResultRef>(
    const access::Caller&, storage::WriteTransaction&)>;
using AnswerBody = std::function<absl::Status(const access::Caller&,
                                              const handlers::ResultRef&,
                                              storage::ReadTransaction&)>;

// The request and the response live until gRPC is done with the reactor.
struct Messages {
  const google::protobuf::Message& request;
  google::protobuf::Message& response;
  Call::RequestCheck check;
};

// Reads in one snapshot, permission included. A reveal is audited, durably,
// before its answer leaves.
class ReadCall final : public grpc::ServerUnaryReactor {
 public:
  ReadCall(const CallSurroundings& around, const access::Method& method,
           const grpc::CallbackServerContext& context, Messages messages,
           ReadBody body);

  // Runs the call: at once, or on a worker when the method may take long.
  void Start();

 private:
  void OnDone() override { delete this; }
  void Run();
  void Audit();
  void Conclude(const absl::Status& status);

  Call call_;
  Messages messages_;
  const ReadBody body_;
};

// Writes in one transaction: data and audit entry are durable together before
// the answer leaves. The answer is built from what the write made, so that the
// same request again gives the same one.
class WriteCall final : public grpc::ServerUnaryReactor {
 public:
  WriteCall(const CallSurroundings& around, const access::Method& method,
            const grpc::CallbackServerContext& context, Messages messages,
            WriteBody body, AnswerBody answer);

  void Start();

 private:
  // How a request is known when it is sent again.
  struct Identity {
    storage::RequestKey key;
    std::string digest;
  };

  void OnDone() override { delete this; }
  absl::StatusOr<Identity> Admit(storage::ReadTransaction& tx);
  absl::Status Write(storage::WriteTransaction& tx, const Identity& identity);
  absl::Status Answer(const handlers::ResultRef& result,
                      storage::ReadTransaction& tx);
  void Conclude(const absl::Status& status);

  Call call_;
  Messages messages_;
  const WriteBody body_;
  const AnswerBody answer_;
};

}  // namespace stegvis::server
