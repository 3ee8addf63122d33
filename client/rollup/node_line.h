// Calls to one node, made again while it is unavailable.
#pragma once

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/rollup/failure.h"
#include "client/rollup/nodes.h"
#include "services/base/limits.h"

namespace stegvis::rollup {

// What a call that was not OK says.
Failure FailureOf(const grpc::Status& status);

// Does `work` for 0, 1, … `many` - 1, many of them at once, and waits for all.
void ForEach(size_t many, const std::function<void(size_t)>& work);

// One node, one thread.
class NodeLine {
 public:
  // All calls together have `deadline`.
  NodeLine(const Node& node, absl::Duration deadline);

  // Calls until an answer comes or the time is up.
  template <typename Stub, typename Request, typename Response>
  grpc::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    const Request& request, Response& response);
  // Calls page by page.
  template <typename Stub, typename Request, typename Response, typename Visit>
  grpc::Status CallAll(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                    const Request&, Response*),
                       Request request, Response& page, const Visit& visit);

 private:
  static constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
  static constexpr absl::Duration kLongestPause = absl::Seconds(1);

  const absl::Time until_;
  const std::shared_ptr<grpc::Channel> channel_;
};

template <typename Stub, typename Request, typename Response>
grpc::Status NodeLine::Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                         const Request&,
                                                         Response*),
                            const Request& request, Response& response) {
  Stub stub(channel_);
  absl::Duration pause = kFirstPause;
  while (true) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(until_));
    // A call that waits is what drives a connection that is made anew.
    context.set_wait_for_ready(true);
    response.Clear();
    grpc::Status status = (stub.*method)(&context, request, &response);
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE ||
        absl::Now() + pause >= until_) {
      return status;
    }
    absl::SleepFor(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

template <typename Stub, typename Request, typename Response, typename Visit>
grpc::Status NodeLine::CallAll(
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    Request request, Response& page, const Visit& visit) {
  request.set_page_size(limits::kMaxPageSize);
  while (true) {
    grpc::Status status = Call(method, request, page);
    if (!status.ok()) return status;
    visit();
    if (page.next_page_token().empty()) return status;
    request.set_page_token(page.next_page_token());
  }
}

}  // namespace stegvis::rollup
