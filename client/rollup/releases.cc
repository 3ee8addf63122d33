#include "client/rollup/releases.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/rollup/node_line.h"
#include "services/base/errors.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/disclosure/release.h"
#include "services/handlers/public_part.h"
#include "services/handlers/release_proof.h"
#include "services/outcome/merge_reports.h"
#include "services/outcome/report_text.h"
#include "stegvis/v1/code_list.grpc.pb.h"
#include "stegvis/v1/publication.grpc.pb.h"

namespace stegvis::rollup {
namespace {

using disclosure::Level;
using Stub = v1::PublicationService::Stub;

constexpr char kNation[] = "forbund/-";

// What is out for the year at a node: the nation's name is the newest.
grpc::Status ReadNames(NodeLine& line, int year, std::string& nation,
                       bool& has_forbund) {
  v1::ListReleasesRequest request;
  request.set_parent(kNation);
  request.set_year(year);
  v1::ListReleasesResponse page;
  int newest = 0;
  return line.CallAll(&Stub::ListReleases, request, page, [&] {
    for (const v1::Release& release : page.releases()) {
      if (!absl::StartsWith(release.name(), absl::StrCat(kNation, "/"))) {
        has_forbund = true;
      } else if (release.revision() > newest) {
        newest = release.revision();
        nation = release.name();
      }
    }
  });
}

grpc::Status ReadRelease(NodeLine& line, const std::string& name,
                         NodeReleases& found) {
  v1::GetReleaseRequest request;
  request.set_name(name);
  grpc::Status status =
      line.Call(&Stub::GetRelease, request, found.nation.emplace());
  if (!status.ok()) return status;
  v1::ListCodesResponse page;
  return line.CallAll(&v1::CodeListService::Stub::ListCodes,
                      v1::ListCodesRequest(), page, [&] {
                        found.codes.MergeFrom(page);
                        found.codes.clear_next_page_token();
                      });
}

NodeReleases AskOne(const Node& node, int year, absl::Duration deadline) {
  NodeLine line(node, deadline);
  NodeReleases found;
  std::string nation;
  grpc::Status status = ReadNames(line, year, nation, found.has_forbund);
  if (status.ok() && !nation.empty()) {
    status = ReadRelease(line, nation, found);
  }
  if (!status.ok()) found.failure = FailureOf(status);
  return found;
}

}  // namespace

std::vector<NodeReleases> AskReleases(const std::vector<Node>& nodes, int year,
                                      absl::Duration deadline) {
  std::vector<NodeReleases> found(nodes.size());
  ForEach(nodes.size(),
          [&](size_t i) { found[i] = AskOne(nodes[i], year, deadline); });
  return found;
}

std::vector<std::optional<Failure>> Announce(const std::vector<Node>& nodes,
                                             const v1::Release& release,
                                             Announcing announcing,
                                             absl::Duration deadline) {
  v1::AnnounceReleaseRequest common;
  common.set_parent(kNation);
  common.set_year(release.year());
  *common.mutable_release() = handlers::PublicPartOf(release);
  common.set_validate_only(announcing == Announcing::kTry);
  std::vector<std::optional<Failure>> failures(nodes.size());
  ForEach(nodes.size(), [&](size_t i) {
    v1::AnnounceReleaseRequest request = common;
    request.set_request_id(UuidText(RandomUuid()));
    v1::Release stored;
    const grpc::Status status =
        NodeLine(nodes[i], deadline)
            .Call(&Stub::AnnounceRelease, request, stored);
    if (!status.ok()) failures[i] = FailureOf(status);
  });
  return failures;
}

std::vector<std::string> NationBreakdowns() {
  std::vector<std::string> names;
  for (const outcome::Dimension dimension :
       disclosure::StandardBreakdowns(Level::kNation)) {
    names.push_back(outcome::DimensionName(dimension));
  }
  return names;
}

absl::StatusOr<Made> MakeRelease(Gathered gathered, const Question& question,
                                 const disclosure::Tell& tell) {
  // Who has nothing in the year is not in the nation's report.
  std::erase_if(gathered.parts, [](const outcome::OutcomeReport& part) {
    return !outcome::HoldsAnything(part.whole);
  });
  if (gathered.parts.empty()) return errors::NotFound();
  ASSIGN_OR_RETURN(outcome::OutcomeReport truth, Merge(gathered, question));
  disclosure::ReleaseTable table(
      disclosure::StandardReport(Level::kNation, std::move(truth)));
  if (!table.Model().Contradictions().empty()) {
    return errors::Bug("release_contradicts_itself");
  }
  const disclosure::Protection protection =
      disclosure::MakeSafe(Level::kNation, table, {.tell = tell});
  std::vector<std::string> open =
      table.NamesOf(disclosure::Disprove(table.Model(), protection));
  if (!open.empty()) {
    return handlers::UnsafeIn(/*release=*/"", std::move(open));
  }
  v1::ReleaseProof proof = handlers::MakeProof(table, protection);
  v1::Release& release = *proof.mutable_release();
  release.set_year(question.year);
  release.set_revision(1);
  release.set_name(absl::StrCat(kNation, "/releases/", question.year, "-r1"));
  return proof;
}

}  // namespace stegvis::rollup
