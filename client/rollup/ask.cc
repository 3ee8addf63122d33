#include "client/rollup/ask.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "client/rollup/node_line.h"
#include "stegvis/v1/code_list.grpc.pb.h"
#include "stegvis/v1/forbund.grpc.pb.h"
#include "stegvis/v1/outcome.grpc.pb.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"

namespace stegvis::rollup {
namespace {

// One node, one thread.
class Conversation {
 public:
  Conversation(const Node& node, const Question& question)
      : question_(question), line_(node, question.deadline) {}

  NodeAnswer Ask();

 private:
  // By the resource name of the förbund.
  using Newest = absl::flat_hash_map<std::string, v1::SealedReport>;

  grpc::Status ReadForbund(std::vector<Delivery>& deliveries);
  grpc::Status ReadCodes(v1::ListCodesResponse& codes);
  grpc::Status ReadSealed(Newest& newest);
  grpc::Status ReadReport(const Newest& newest, Delivery& delivery);

  const Question& question_;
  NodeLine line_;
};

grpc::Status Conversation::ReadForbund(std::vector<Delivery>& deliveries) {
  v1::ListForbundResponse page;
  return line_.CallAll(&v1::ForbundService::Stub::ListForbund,
                       v1::ListForbundRequest(), page, [&] {
                         for (const v1::Forbund& forbund : page.forbund()) {
                           deliveries.emplace_back().forbund = forbund;
                         }
                       });
}

grpc::Status Conversation::ReadCodes(v1::ListCodesResponse& codes) {
  v1::ListCodesResponse page;
  return line_.CallAll(&v1::CodeListService::Stub::ListCodes,
                       v1::ListCodesRequest(), page, [&] {
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
  grpc::Status status = line_.CallAll(
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
    return line_.Call(&v1::SealedReportService::Stub::GetSealedReport, request,
                      delivery.sealed.emplace());
  }
  v1::GetOutcomeReportRequest request;
  request.add_forbund(delivery.forbund.name());
  request.set_from(absl::StrCat(question_.year, "-01-01"));
  request.set_to(absl::StrCat(question_.year, "-12-31"));
  for (const std::string& dimension : question_.breakdowns) {
    request.add_breakdowns(dimension);
  }
  return line_.Call(&v1::OutcomeService::Stub::GetOutcomeReport, request,
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
  std::atomic<size_t> done = 0;
  ForEach(nodes.size(), [&](size_t i) {
    answers[i] = Conversation(nodes[i], question).Ask();
    answered(++done);
  });
  return answers;
}

}  // namespace stegvis::rollup
