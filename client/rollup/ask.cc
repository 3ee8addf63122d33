#include "client/rollup/ask.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/limits.h"
#include "stegvis/v1/code_list.grpc.pb.h"
#include "stegvis/v1/forbund.grpc.pb.h"
#include "stegvis/v1/outcome.grpc.pb.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"

namespace stegvis::rollup {
namespace {

// Each waits for the network nearly all the time; more than this many only
// share the same processors.
constexpr size_t kAtOnce = 128;
constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(1);

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return std::string();
  for (const auto& any : rich.details()) {
    google::rpc::ErrorInfo info;
    if (any.UnpackTo(&info)) return info.reason();
  }
  return std::string();
}

Failure FailureOf(const grpc::Status& status) {
  const std::string reason = ReasonOf(status);
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::CANCELLED:
      return {v1::RollupSource::GAP_NO_ANSWER, reason};
    default:
      break;
  }
  if (!reason.empty()) return {v1::RollupSource::GAP_REFUSED, reason};
  return {v1::RollupSource::GAP_REFUSED,
          absl::StrCat("gRPC ", int{status.error_code()})};
}

grpc::ChannelArguments ChannelArguments() {
  grpc::ChannelArguments arguments;
  // A report with every insats is larger than gRPC's 4 MiB.
  arguments.SetMaxReceiveMessageSize(-1);
  // A node that comes back is found while it still matters.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return arguments;
}

std::shared_ptr<grpc::Channel> ChannelTo(const Node& node) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = node.ca_pem;
  options.pem_cert_chain = node.certificate_pem;
  options.pem_private_key = node.key_pem;
  return grpc::CreateCustomChannel(node.address, grpc::SslCredentials(options),
                                   ChannelArguments());
}

// One node, one thread.
class Conversation {
 public:
  Conversation(const Node& node, const Question& question)
      : question_(question),
        until_(absl::Now() + question.deadline),
        channel_(ChannelTo(node)) {}

  NodeAnswer Ask();

 private:
  // By the resource name of the förbund.
  using Newest = absl::flat_hash_map<std::string, v1::SealedReport>;

  grpc::Status ReadForbund(std::vector<Delivery>& deliveries);
  grpc::Status ReadCodes(v1::ListCodesResponse& codes);
  grpc::Status ReadSealed(Newest& newest);
  grpc::Status ReadReport(const Newest& newest, Delivery& delivery);

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

  const Question& question_;
  const absl::Time until_;
  const std::shared_ptr<grpc::Channel> channel_;
};

template <typename Stub, typename Request, typename Response>
grpc::Status Conversation::Call(
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
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
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE ||
        absl::Now() + pause >= until_) {
      return status;
    }
    absl::SleepFor(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

template <typename Stub, typename Request, typename Response, typename Visit>
grpc::Status Conversation::CallAll(
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    Request request, Response& page, const Visit& visit) {
  request.set_page_size(limits::kMaxPageSize);
  while (true) {
    const grpc::Status status = Call(method, request, page);
    if (!status.ok()) return status;
    visit();
    if (page.next_page_token().empty()) return status;
    request.set_page_token(page.next_page_token());
  }
}

grpc::Status Conversation::ReadForbund(std::vector<Delivery>& deliveries) {
  v1::ListForbundResponse page;
  return CallAll(&v1::ForbundService::Stub::ListForbund,
                 v1::ListForbundRequest(), page, [&] {
                   for (const v1::Forbund& forbund : page.forbund()) {
                     deliveries.emplace_back().forbund = forbund;
                   }
                 });
}

grpc::Status Conversation::ReadCodes(v1::ListCodesResponse& codes) {
  v1::ListCodesResponse page;
  return CallAll(&v1::CodeListService::Stub::ListCodes, v1::ListCodesRequest(),
                 page, [&] {
                   codes.MergeFrom(page);
                   codes.clear_next_page_token();
                 });
}

// A node that cannot seal yet has no sealed reports.
grpc::Status Conversation::ReadSealed(Newest& newest) {
  v1::ListSealedReportsRequest request;
  request.set_parent("forbund/-");
  request.set_year(question_.year);
  v1::ListSealedReportsResponse page;
  const grpc::Status status = CallAll(
      &v1::SealedReportService::Stub::ListSealedReports, request, page, [&] {
        for (const v1::SealedReport& report : page.reports()) {
          v1::SealedReport& best = newest[report.forbund()];
          if (report.revision() > best.revision()) best = report;
        }
      });
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
    return grpc::Status::OK;
  }
  return status;
}

grpc::Status Conversation::ReadReport(const Newest& newest,
                                      Delivery& delivery) {
  const auto sealed = newest.find(delivery.forbund.name());
  if (sealed != newest.end()) {
    v1::GetSealedReportRequest request;
    request.set_name(sealed->second.name());
    return Call(&v1::SealedReportService::Stub::GetSealedReport, request,
                delivery.sealed.emplace());
  }
  v1::GetOutcomeReportRequest request;
  request.add_forbund(delivery.forbund.name());
  request.set_from(absl::StrCat(question_.year, "-01-01"));
  request.set_to(absl::StrCat(question_.year, "-12-31"));
  for (const std::string& dimension : question_.breakdowns) {
    request.add_breakdowns(dimension);
  }
  return Call(&v1::OutcomeService::Stub::GetOutcomeReport, request,
              delivery.preliminary.emplace());
}

NodeAnswer Conversation::Ask() {
  NodeAnswer answer;
  Newest newest;
  grpc::Status status = ReadForbund(answer.deliveries);
  if (status.ok()) status = ReadCodes(answer.codes);
  if (status.ok()) status = ReadSealed(newest);
  if (!status.ok()) answer.failure = FailureOf(status);
  for (Delivery& delivery : answer.deliveries) {
    // Without the list of what is sealed, nothing is known to be preliminary.
    const grpc::Status read =
        status.ok() ? ReadReport(newest, delivery) : status;
    if (!read.ok()) delivery.failure = FailureOf(read);
  }
  return answer;
}

}  // namespace

std::vector<outcome::Dimension> DimensionsOf(const Question& question) {
  std::vector<outcome::Dimension> dimensions;
  for (const std::string& name : question.breakdowns) {
    const std::optional<outcome::Dimension> dimension =
        outcome::DimensionNamed(name);
    if (dimension.has_value()) dimensions.push_back(*dimension);
  }
  return dimensions;
}

std::vector<NodeAnswer> AskNodes(const std::vector<Node>& nodes,
                                 const Question& question,
                                 const std::function<void(size_t)>& answered) {
  std::vector<NodeAnswer> answers(nodes.size());
  std::atomic<size_t> next = 0;
  std::atomic<size_t> done = 0;
  const auto work = [&] {
    for (size_t i = next++; i < nodes.size(); i = next++) {
      answers[i] = Conversation(nodes[i], question).Ask();
      answered(++done);
    }
  };
  std::vector<std::thread> threads;
  while (threads.size() < std::min(nodes.size(), kAtOnce)) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  return answers;
}

}  // namespace stegvis::rollup
