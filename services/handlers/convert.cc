#include "services/handlers/convert.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace stegvis::handlers {

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) +
         absl::Nanoseconds(timestamp.nanos());
}

std::string DayText(const std::optional<Day>& day) {
  return day.has_value() ? day->Text() : std::string();
}

std::string Etag(int64_t version, absl::Time recorded_at) {
  return absl::WebSafeBase64Escape(
      absl::StrCat(version, ".", absl::ToUnixMicros(recorded_at)));
}

}  // namespace stegvis::handlers
