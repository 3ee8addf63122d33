#include "services/handlers/convert_count.h"

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

absl::StatusOr<domain::CountKind> ReadKind(v1::CountKind kind) {
  Faults faults;
  switch (kind) {
    case v1::COUNT_KIND_ANONYMOUS:
      return domain::CountKind::kAnonymous;
    case v1::COUNT_KIND_VOLUME:
      return domain::CountKind::kVolume;
    case v1::COUNT_KIND_UNSPECIFIED:
      faults.Add("kind", reasons::kMissing);
      return faults.ToStatus();
    default:  // A value of a later version.
      faults.Add("kind", reasons::kOutOfRange);
      return faults.ToStatus();
  }
}

v1::CountKind ToProto(domain::CountKind kind) {
  switch (kind) {
    case domain::CountKind::kAnonymous:
      return v1::COUNT_KIND_ANONYMOUS;
    case domain::CountKind::kVolume:
      return v1::COUNT_KIND_VOLUME;
  }
  return v1::COUNT_KIND_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<domain::CountStatement> ReadCount(const v1::Count& message) {
  domain::CountStatement said;
  ASSIGN_OR_RETURN(said.kind, ReadKind(message.kind()));
  said.year = message.year();
  if (message.has_total()) said.total = message.total();
  if (message.has_women()) said.women = message.women();
  if (message.has_men()) said.men = message.men();
  return said;
}

v1::Count ToProto(ForbundId forbund,
                  const storage::Versioned<domain::Count>& stored) {
  const domain::Count& count = stored.value;
  v1::Count message;
  message.set_name(validation::CountName(InsatsKey{forbund, count.insats},
                                         count.kind, count.year));
  message.set_kind(ToProto(count.kind));
  message.set_year(count.year);
  message.set_total(count.total);
  if (count.women.has_value()) message.set_women(*count.women);
  if (count.men.has_value()) message.set_men(*count.men);
  *message.mutable_update_time() = TimestampOf(stored.recorded_at);
  *message.mutable_known_time() = TimestampOf(stored.known_from);
  message.set_migrated(count.migrated);
  message.set_etag(EtagOf(stored));
  return message;
}

}  // namespace stegvis::handlers
