// The one way of a request: identify → permit → validate → handle → audit.
// There is none around it: the services hold a pipeline and handlers, nothing
// else.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/methods.h"
#include "services/server/call.h"
#include "services/server/import_call.h"
#include "services/server/stream_call.h"
#include "services/server/unary_call.h"
#include "services/validation/request_checks.h"

namespace stegvis::server {

// Thread-safe.
class Pipeline {
 public:
  using Context = grpc::CallbackServerContext;

  // What a handler's functions look like.
  template <typename Handler, typename Request, typename Response>
  using ReadFunction = absl::Status (Handler::*)(const access::Caller&,
                                                 const Request&,
                                                 storage::ReadTransaction&,
                                                 Response&) const;
  template <typename Handler, typename Request>
  using WriteFunction = absl::StatusOr<handlers::ResultRef> (Handler::*)(
      const access::Caller&, const Request&, storage::WriteTransaction&) const;

  template <typename Response>
  using Emit = std::function<absl::Status(Response)>;
  template <typename Handler, typename Request, typename Response>
  using StreamFunction = absl::Status (Handler::*)(const access::Caller&,
                                                   const Request&,
                                                   const Emit<Response>&) const;
  template <typename Handler, typename Request, typename Response>
  using StreamReadFunction = absl::Status (Handler::*)(
      const access::Caller&, const Request&, storage::ReadTransaction&,
      const Emit<Response>&) const;

  explicit Pipeline(CallSurroundings around) : around_(around) {}

  template <typename Handler, typename Request, typename Response>
  grpc::ServerUnaryReactor* Read(
      const access::Method& method, const Context& context,
      const Request& request, Response& response, const Handler& handler,
      ReadFunction<Handler, Request, Response> read) const {
    auto* call = new ReadCall(
        around_, method, context, Between(request, response),
        [&request, &response, &handler, read](const access::Caller& caller,
                                              storage::ReadTransaction& tx) {
          return (handler.*read)(caller, request, tx, response);
        });
    call->Start();
    return call;
  }

  template <typename Handler, typename Request, typename Response>
  grpc::ServerUnaryReactor* Write(const access::Method& method,
                                  const Context& context,
                                  const Request& request, Response& response,
                                  const Handler& handler,
                                  WriteFunction<Handler, Request> write) const {
    auto* call = new WriteCall(
        around_, method, context, Between(request, response),
        [&request, &handler, write](const access::Caller& caller,
                                    storage::WriteTransaction& tx) {
          return (handler.*write)(caller, request, tx);
        },
        [&response, &handler](const access::Caller& caller,
                              const handlers::ResultRef& result,
                              storage::ReadTransaction& tx) {
          return handler.Answer(caller, result, tx, response);
        });
    call->Start();
    return call;
  }

  template <typename Import, typename Request>
  grpc::ServerBidiReactor<Request, v1::ImportProgress>* StreamRows(
      const access::Method& method, const Context& context) const {
    auto* call = new ImportCall<Import, Request>(around_, method, context);
    call->Start();
    return call;
  }

  // `work` answers with a stream.
  template <typename Handler, typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* Stream(
      const access::Method& method, const Context& context,
      const Request& request, const Handler& handler,
      StreamFunction<Handler, Request, Response> work) const {
    auto* call = new StreamCall<Request, Response>(
        around_, method, context, request,
        [&request] { return validation::Check(request); },
        [&request, &handler, work](const access::Caller& caller,
                                   const Emit<Response>& emit) {
          return (handler.*work)(caller, request, emit);
        });
    call->Start();
    return call;
  }

  // The same, of one snapshot.
  template <typename Handler, typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* StreamRead(
      const access::Method& method, const Context& context,
      const Request& request, const Handler& handler,
      StreamReadFunction<Handler, Request, Response> read) const {
    auto* call = new StreamCall<Request, Response>(
        around_, method, context, request,
        [&request] { return validation::Check(request); },
        [&store = around_.store, &request, &handler, read](
            const access::Caller& caller, const Emit<Response>& emit) {
          return store.Read(storage::AsOf::Now(),
                            [&](storage::ReadTransaction& tx) {
                              return (handler.*read)(caller, request, tx, emit);
                            });
        });
    call->Start();
    return call;
  }

 private:
  template <typename Request, typename Response>
  static Messages Between(const Request& request, Response& response) {
    return {request, response,
            [&request] { return validation::Check(request); }};
  }

  const CallSurroundings around_;
};

}  // namespace stegvis::server
