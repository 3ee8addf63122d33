#include "client/cli/rollup_publication.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/nodes_file.h"
#include "client/cli/number_format.h"
#include "client/cli/reason_text.h"
#include "client/cli/release_form.h"
#include "client/cli/release_proof_file.h"
#include "client/cli/release_text.h"
#include "client/cli/rollup_words.h"
#include "client/cli/terminal.h"
#include "client/cli/utf8.h"
#include "client/rollup/ask.h"
#include "client/rollup/releases.h"
#include "client/rollup/rollup.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/public_part.h"

namespace stegvis::cli {
namespace {

using rollup::Announcing;
using rollup::Failure;
using rollup::Gathered;
using rollup::Node;
using rollup::NodeReleases;

constexpr char kNothing[] = "Inget är publicerat: ";
constexpr char kHalf[] = "Publiceringen är inte klar: ";
constexpr char kAgain[] =
    " Kör samma kommando igen när det är åtgärdat, så görs den klar.";

// A release of the nation that is to be told to nodes, and printed.
struct Release {
  v1::Release release;
  CodeLabels labels;
  std::vector<Node> to;  // The nodes that do not know of it.
};

std::string FailureText(const Node& node, const Failure& failure) {
  v1::RollupSource source;
  source.add_addresses(node.address);
  source.set_gap(failure.gap);
  source.set_detail(failure.detail);
  return GapText(source);
}

// Complains of every node that has failed.
absl::Status CheckAll(const std::vector<Node>& nodes,
                      const std::vector<std::optional<Failure>>& failures,
                      absl::string_view before, absl::string_view after) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (!failures[i].has_value()) continue;
    texts.push_back(FailureText(nodes[i], *failures[i]));
  }
  if (texts.empty()) return absl::OkStatus();
  return Complaint(
      absl::StrCat(before, absl::StrJoin(texts, " Dessutom: "), after));
}

// Whether all nodes have answered, and none lets out what stands in the way.
absl::Status CheckFound(const std::vector<Node>& nodes,
                        const std::vector<NodeReleases>& found) {
  std::vector<std::optional<Failure>> failures;
  bool is_out = false;
  for (const NodeReleases& node : found) {
    failures.push_back(node.failure);
    is_out = is_out || node.nation.has_value();
    if (node.has_forbund) {
      failures.back() =
          Failure{v1::RollupSource::GAP_REFUSED, "RELEASE_OF_OTHER_LEVEL"};
    }
  }
  return CheckAll(nodes, failures, is_out ? kHalf : kNothing, "");
}

// The release that is out already at some node; nothing when there is none.
absl::StatusOr<std::optional<Release>> Standing(
    const std::vector<Node>& nodes, const std::vector<NodeReleases>& found) {
  std::optional<Release> standing;
  std::string first;
  std::vector<Node> to;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (!found[i].nation.has_value()) {
      to.push_back(nodes[i]);
    } else if (!standing.has_value()) {
      standing = Release{*found[i].nation, CodeLabels(found[i].codes), {}};
      first = nodes[i].address;
    } else if (!handlers::SayTheSame(standing->release, *found[i].nation)) {
      return Complaint(absl::StrCat(
          "Noderna ", Printable(first), " och ", Printable(nodes[i].address),
          " har publicerat olika för hela landet. Hör av dig till "
          "förvaltningen av Stegvis."));
    }
  }
  if (standing.has_value()) standing->to = std::move(to);
  return standing;
}

absl::Status InSwedish(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "NOT_FOUND") {
    return Complaint(absl::StrCat(
        kNothing,
        "ingen deltog det året på någon nod. Kontrollera --year och "
        "nodlistan."));
  }
  return Complaint(
      !reason.empty()
          ? absl::StrCat(kNothing, ReasonText(reason))
          : absl::StrCat("Rapporterna går inte att lägga ihop (",
                         Printable(std::string(status.message())),
                         "). Kör igen, och rapportera om det kvarstår."));
}

// Everybody must be there: the next release would show alone whom this one
// lacks.
absl::Status CheckWhole(const Gathered& gathered) {
  v1::OutcomeReport all;
  all.mutable_sources()->Assign(gathered.sources.begin(),
                                gathered.sources.end());
  const std::vector<std::string> missing = SourceWarnings(all);
  if (!missing.empty()) {
    return Complaint(absl::StrCat(
        "Inget är publicerat, för alla förbund måste vara med: annars visar "
        "nästa publicering det som fattas. ",
        absl::StrJoin(missing, " ")));
  }
  for (size_t i = 0; i < gathered.parts.size(); ++i) {
    if (gathered.parts[i].whole.participants.unreadable == 0) continue;
    return Complaint(absl::StrCat(
        Printable(gathered.sources[i].forbund()), ", noden ",
        Printable(absl::StrJoin(gathered.sources[i].addresses(), ", ")), ": ",
        ReasonText("UNREADABLE_RECORDS")));
  }
  return absl::OkStatus();
}

absl::StatusOr<Gathered> Gather(const std::vector<Node>& nodes,
                                const rollup::Question& question,
                                const std::string& file) {
  Progress progress;
  Gathered gathered =
      rollup::Gather(nodes,
                     rollup::AskNodes(nodes, question,
                                      [&](size_t answered) {
                                        progress.Show(absl::StrCat(
                                            answered, " av ", nodes.size(),
                                            " noder har svarat"));
                                      }),
                     question, KeysBeside(file));
  progress.Clear();
  RETURN_IF_ERROR(CheckWhole(gathered));
  return gathered;
}

absl::StatusOr<v1::ReleaseProof> MakeSafe(const Gathered& gathered,
                                          const rollup::Question& question) {
  Progress progress;
  absl::StatusOr<rollup::Made> made =
      rollup::MakeRelease(gathered, question, [&](disclosure::Progress news) {
        progress.Show(absl::StrCat(FormatNumber(news.proved), " av ",
                                   FormatNumber(news.counts),
                                   " antal skyddade"));
        return true;
      });
  progress.Clear();
  if (!made.ok()) return InSwedish(made.status());
  if (const auto* unsafe = std::get_if<v1::UnsafeCounts>(&*made)) {
    std::cerr << UnsafeText(*unsafe);
    return InSwedish(errors::ReleaseUnsafe());
  }
  return std::get<v1::ReleaseProof>(*std::move(made));
}

// One node is first for everybody, so that of two who publish at once one is
// told so there, and nodes do not end up with different releases.
absl::Status AnnounceToAll(std::vector<Node> nodes, const v1::Release& release,
                           absl::Duration deadline) {
  std::sort(nodes.begin(), nodes.end(),
            [](const Node& a, const Node& b) { return a.address < b.address; });
  const auto rest = nodes.begin() + (nodes.empty() ? 0 : 1);
  for (const std::vector<Node>& some : {std::vector<Node>(nodes.begin(), rest),
                                        std::vector<Node>(rest, nodes.end())}) {
    RETURN_IF_ERROR(CheckAll(
        some, rollup::Announce(some, release, Announcing::kStore, deadline),
        kHalf, kAgain));
  }
  return absl::OkStatus();
}

void TellSources(const Gathered& gathered) {
  v1::OutcomeReport all;
  all.mutable_sources()->Assign(gathered.sources.begin(),
                                gathered.sources.end());
  for (const std::string& notice : SourceNotices(all)) {
    std::cerr << notice << "\n";
  }
}

// A release that is not out anywhere yet; its proof is written.
absl::StatusOr<Release> Make(const RollupPublication& publication,
                             const std::vector<Node>& nodes) {
  const rollup::Question question{publication.year, rollup::NationBreakdowns(),
                                  publication.deadline};
  ASSIGN_OR_RETURN(const Gathered gathered,
                   Gather(nodes, question, publication.nodes));
  ASSIGN_OR_RETURN(v1::ReleaseProof proof, MakeSafe(gathered, question));
  // What one node refuses is not let out at any.
  RETURN_IF_ERROR(
      CheckAll(nodes,
               rollup::Announce(nodes, proof.release(), Announcing::kTry,
                                publication.deadline),
               kNothing, ""));
  if (!publication.proof.empty()) {
    RETURN_IF_ERROR(WriteUnsignedProof(proof, publication.proof));
  }
  TellSources(gathered);
  return Release{std::move(*proof.mutable_release()),
                 CodeLabels(gathered.codes), nodes};
}

void Tell(const v1::Release& release, bool stood, size_t nodes,
          const std::string& proof) {
  std::cerr << (stood ? "Publicerad tidigare, och står kvar: " : "Publicerad: ")
            << release.name() << " (revision " << release.revision() << "), av "
            << FormatNumber(release.report().forbund_size())
            << " förbund. Finns på alla noder ("
            << FormatNumber(static_cast<int64_t>(nodes)) << ").\n"
            << WithheldText(release);
  if (!stood || proof.empty()) return;
  std::cerr << (IsProofOf(proof, release)
                    ? "Beviset finns sedan publiceringen gjordes: "
                    : "Beviset skrevs när publiceringen gjordes och kan inte "
                      "göras igen. Det är inte ")
            << Printable(proof) << ".\n";
}

}  // namespace

absl::Status PublishRollup(const RollupPublication& publication) {
  RETURN_IF_ERROR(CheckForm(publication.form));
  RETURN_IF_ERROR(CheckWritable(publication.proof));
  ASSIGN_OR_RETURN(
      const std::vector<std::string> by,
      ReleaseBreakdowns(publication.by, disclosure::Level::kNation, "rollup"));
  ASSIGN_OR_RETURN(const std::vector<Node> nodes, ReadNodes(publication.nodes));
  if (SwedishDay(absl::Now()) <= Day::LastOfYear(publication.year)) {
    return Complaint(ReasonText("YEAR_NOT_ENDED"));
  }
  const std::vector<NodeReleases> found =
      rollup::AskReleases(nodes, publication.year, publication.deadline);
  RETURN_IF_ERROR(CheckFound(nodes, found));
  ASSIGN_OR_RETURN(std::optional<Release> out, Standing(nodes, found));
  const bool stood = out.has_value();
  if (!stood) {
    ASSIGN_OR_RETURN(out, Make(publication, nodes));
  }
  RETURN_IF_ERROR(
      AnnounceToAll(std::move(out->to), out->release, publication.deadline));
  Tell(out->release, stood, nodes.size(), publication.proof);
  return WriteRelease(std::move(out->release), by, publication.form,
                      out->labels);
}

}  // namespace stegvis::cli
