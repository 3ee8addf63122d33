#include "services/handlers/count_handler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_count.h"
#include "services/handlers/page.h"
#include "services/handlers/reading.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Count;
using domain::CountKind;
using storage::Versioned;

ResultRef Result(const InsatsKey& insats, const Versioned<Count>& stored) {
  return {validation::CountName(insats, stored.value.kind, stored.value.year),
          stored.version};
}

// A samordnare sets anonymous counts only.
absl::Status Permit(const access::Caller& caller, const InsatsKey& insats,
                    CountKind kind) {
  const domain::Scope scope{insats.forbund, insats.insats};
  if (kind == CountKind::kVolume &&
      !caller.Has(domain::Role::kForbundAdmin, scope)) {
    return errors::NotPermitted();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Versioned<Count>>> Find(
    const InsatsKey& insats, const Count& count, storage::ReadTransaction& tx) {
  absl::StatusOr<Versioned<Count>> stored =
      tx.GetCount(insats, count.kind, count.year);
  if (absl::IsNotFound(stored.status())) return std::nullopt;
  RETURN_IF_ERROR(stored.status());
  return *std::move(stored);
}

bool SameFigures(const Count& a, const Count& b) {
  return a.total == b.total && a.women == b.women && a.men == b.men;
}

// Whether `etag` is that of what is there: none of nothing.
absl::Status MatchKnown(const std::optional<Versioned<Count>>& known,
                        const std::string& etag) {
  if (known.has_value()) return MatchEtag(*known, etag);
  return etag.empty() ? absl::OkStatus() : errors::EtagStale();
}

}  // namespace

absl::StatusOr<ResultRef> CountHandler::SetCount(
    const access::Caller& caller, const v1::SetCountRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  const absl::StatusOr<domain::CountStatement> said =
      ReadCount(request.count());
  if (!said.ok()) return InField("count", said.status());
  RETURN_IF_ERROR(Permit(caller, key, said->kind));
  ASSIGN_OR_RETURN(const Versioned<domain::Insats> insats, tx.GetInsats(key));
  const absl::StatusOr<Count> count =
      domain::MakeCount(*said, insats.value, SwedishDay(clock_.Now()));
  if (!count.ok()) return InField("count", count.status());
  ASSIGN_OR_RETURN(const std::optional<Versioned<Count>> known,
                   Find(key, *count, tx));
  if (known.has_value() && SameFigures(known->value, *count)) {
    return Result(key, *known);
  }
  RETURN_IF_ERROR(MatchKnown(known, request.count().etag()));
  ASSIGN_OR_RETURN(const Versioned<Count> put,
                   tx.PutCount(key.forbund, *count, std::nullopt));
  return Result(key, put);
}

absl::Status CountHandler::ListCounts(const access::Caller& /*caller*/,
                                      const v1::ListCountsRequest& request,
                                      storage::ReadTransaction& tx,
                                      v1::ListCountsResponse& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  RETURN_IF_ERROR(tx.GetInsats(key).status());
  ASSIGN_OR_RETURN(const std::vector<Versioned<Count>> all, tx.ListCounts(key));
  std::vector<Keyed<const Versioned<Count>*>> keyed;
  keyed.reserve(all.size());
  for (const Versioned<Count>& count : all) {
    keyed.push_back({absl::StrCat(count.value.year, "-",
                                  static_cast<int>(count.value.kind)),
                     &count});
  }
  return FillPage(
      request, std::move(keyed),
      [&](const Versioned<Count>* one) {
        *response.add_counts() = ToProto(key.forbund, *one);
      },
      response);
}

absl::Status CountHandler::Answer(const access::Caller& /*caller*/,
                                  const ResultRef& result,
                                  storage::ReadTransaction& tx,
                                  v1::Count& response) const {
  ASSIGN_OR_RETURN(const validation::CountKey key,
                   validation::ParseCountName(result.resource));
  ASSIGN_OR_RETURN(
      const Versioned<Count> stored,
      tx.GetCountVersion(key.insats, key.kind, key.year, result.version));
  response = ToProto(key.insats.forbund, stored);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
