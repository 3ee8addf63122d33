#include "client/rollup/rollup.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/rollup/code_book.h"
#include "client/rollup/received.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_outcome.h"
#include "services/outcome/merge_reports.h"

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;
using ByNumber = std::map<std::string, Received>;

bool IsMissing(const Source& source) {
  return source.state() == Source::STATE_MISSING;
}

void AddAddress(const std::string& address, Source& source) {
  auto& addresses = *source.mutable_addresses();
  addresses.Add()->assign(address);
  std::sort(addresses.begin(), addresses.end());
}

// Whether the node gave something, right or wrong.
bool Came(const Received& received) {
  return received.source.gap() != Source::GAP_NO_ANSWER &&
         received.source.gap() != Source::GAP_REFUSED;
}

// Adds what another node gave of the förbund that `there` is of. Of any number
// that are not all the same none is left, whatever their order.
void Meet(const Received& other, Received& there) {
  if (!Came(other)) return;
  if (!Came(there)) {
    there = other;
    return;
  }
  AddAddress(other.source.addresses(0), there.source);
  const bool same =
      !there.signed_bytes.empty() && there.signed_bytes == other.signed_bytes;
  if (!same) Lose(Source::GAP_DELIVERED_TWICE, "", there);
}

// One thread, one rollup.
class Gatherer {
 public:
  Gatherer(const std::vector<Node>& nodes,
           const std::vector<NodeAnswer>& answers, const Question& question,
           const PublicKeys& keys)
      : nodes_(nodes), answers_(answers), question_(question), keys_(keys) {}

  Gathered Run();

 private:
  void ReceiveAll();
  void AddNotServed();
  void AddSilentNodes();
  void LoseNamesakes();
  void LoseOtherVersions();
  std::vector<Received*> Kept();
  v1::ListCodesResponse CodesOf(int version) const;

  const std::vector<Node>& nodes_;
  const std::vector<NodeAnswer>& answers_;
  const Question& question_;
  const PublicKeys& keys_;
  ByNumber received_;
  std::vector<Source> unnamed_;  // Gaps of no förbund that is known.
  absl::flat_hash_set<std::string> out_of_year_;
};

void Gatherer::ReceiveAll() {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    for (const Delivery& delivery : answers_[i].deliveries) {
      Received received =
          Receive(delivery, nodes_[i].address, question_, keys_);
      const std::string& number = received.source.organization_number();
      if (number.empty()) {
        unnamed_.push_back(received.source);
      } else if (!received.concerns) {
        out_of_year_.insert(number);
      } else {
        const auto [there, is_new] = received_.try_emplace(number, received);
        if (!is_new) Meet(received, there->second);
      }
    }
  }
}

// Those that the list of nodes tells of and no node has delivered.
void Gatherer::AddNotServed() {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    for (const std::string& number : nodes_[i].forbund) {
      if (out_of_year_.contains(number)) continue;
      const auto [there, is_new] = received_.try_emplace(number);
      if (!is_new) continue;
      const Failure failure = answers_[i].failure.value_or(
          Failure{Source::GAP_NOT_SERVED, std::string()});
      there->second.source.set_organization_number(number);
      there->second.source.add_addresses(nodes_[i].address);
      Lose(failure.gap, failure.detail, there->second);
    }
  }
}

// A node that failed is named, also where nobody is missed for it.
void Gatherer::AddSilentNodes() {
  absl::flat_hash_set<std::string> named;
  for (const auto& [number, received] : received_) {
    if (!IsMissing(received.source)) continue;
    named.insert(received.source.addresses().begin(),
                 received.source.addresses().end());
  }
  for (size_t i = 0; i < nodes_.size(); ++i) {
    std::optional<Failure> failure = answers_[i].failure;
    for (const Delivery& delivery : answers_[i].deliveries) {
      if (!failure.has_value()) failure = delivery.failure;
    }
    if (!failure.has_value() || named.contains(nodes_[i].address)) continue;
    Received silent;
    silent.source.add_addresses(nodes_[i].address);
    Lose(failure->gap, failure->detail, silent);
    unnamed_.push_back(silent.source);
  }
}

std::vector<Received*> Gatherer::Kept() {
  std::vector<Received*> kept;
  for (auto& [number, received] : received_) {
    if (received.report.has_value()) kept.push_back(&received);
  }
  return kept;
}

// Rows are told apart by name, so nobody can say whose theirs would be.
void Gatherer::LoseNamesakes() {
  std::map<std::string, std::vector<Received*>> by_name;
  for (Received* received : Kept()) {
    by_name[received->source.forbund()].push_back(received);
  }
  for (const auto& [name, namesakes] : by_name) {
    if (namesakes.size() == 1) continue;
    for (Received* received : namesakes) {
      Lose(Source::GAP_NAME_TAKEN, "", *received);
    }
  }
}

// Loses those of which `version_of` is not what most have; of as many, the
// greatest.
template <typename VersionOf>
void LoseOthers(const std::vector<Received*>& kept, Source::Gap gap,
                const VersionOf& version_of) {
  using Version = decltype(version_of(*kept.front()->report));
  std::map<Version, size_t> having;
  for (const Received* received : kept) ++having[version_of(*received->report)];
  const auto most = std::max_element(
      having.begin(), having.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second, a.first) < std::tie(b.second, b.first);
      });
  for (Received* received : kept) {
    const Version version = version_of(*received->report);
    if (version != most->first) Lose(gap, absl::StrCat(version), *received);
  }
}

void Gatherer::LoseOtherVersions() {
  LoseOthers(Kept(), Source::GAP_OTHER_CODE_LISTS,
             [](const outcome::OutcomeReport& report) {
               return report.code_list_version;
             });
  LoseOthers(Kept(), Source::GAP_OTHER_EXCLUDED_REASONS,
             [](const outcome::OutcomeReport& report) {
               return absl::StrJoin(report.excluded_end_reasons, ", ");
             });
}

v1::ListCodesResponse Gatherer::CodesOf(int version) const {
  const v1::ListCodesResponse* best = nullptr;
  for (const NodeAnswer& answer : answers_) {
    if (answer.codes.codes().empty()) continue;
    const bool right = answer.codes.version() == version;
    if (best == nullptr || right ||
        (best->version() != version &&
         answer.codes.version() > best->version())) {
      best = &answer.codes;
    }
    if (right) break;
  }
  return best == nullptr ? v1::ListCodesResponse() : *best;
}

bool InOrder(const Source& a, const Source& b) {
  const auto key = [](const Source& source) {
    return std::make_tuple(source.forbund(), source.organization_number(),
                           absl::StrJoin(source.addresses(), " "));
  };
  return key(a) < key(b);
}

Gathered Gatherer::Run() {
  ReceiveAll();
  AddNotServed();
  AddSilentNodes();
  LoseNamesakes();
  LoseOtherVersions();
  std::vector<Received> all;
  for (auto& [number, received] : received_) {
    all.push_back(std::move(received));
  }
  for (Source& source : unnamed_) all.push_back({std::move(source), {}, {}});
  std::sort(all.begin(), all.end(), [](const Received& a, const Received& b) {
    return InOrder(a.source, b.source);
  });
  Gathered gathered;
  for (Received& received : all) {
    gathered.sources.push_back(std::move(received.source));
    if (!received.report.has_value()) continue;
    gathered.parts.push_back(*std::move(received.report));
  }
  if (!gathered.parts.empty()) {
    gathered.codes = CodesOf(gathered.parts.front().code_list_version);
  }
  return gathered;
}

}  // namespace

Gathered Gather(const std::vector<Node>& nodes,
                const std::vector<NodeAnswer>& answers,
                const Question& question, const PublicKeys& keys) {
  return Gatherer(nodes, answers, question, keys).Run();
}

absl::StatusOr<outcome::OutcomeReport> Merge(const Gathered& gathered,
                                             const Question& question) {
  ASSIGN_OR_RETURN(const domain::CodeBook book, CodeBookOf(gathered.codes));
  ASSIGN_OR_RETURN(const outcome::CodeTables codes,
                   outcome::CodeTables::Create(book));
  return outcome::MergeReports(gathered.parts, DimensionsOf(question), codes);
}

v1::OutcomeReport MessageOf(const outcome::OutcomeReport& report,
                            const std::vector<v1::RollupSource>& sources) {
  v1::OutcomeReport message = handlers::ToProto(report);
  for (const v1::RollupSource& source : sources) {
    *message.add_sources() = source;
  }
  return message;
}

bool AnyMissing(const std::vector<v1::RollupSource>& sources) {
  return std::any_of(sources.begin(), sources.end(), IsMissing);
}

}  // namespace stegvis::rollup
