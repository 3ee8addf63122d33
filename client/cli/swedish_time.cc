#include "client/cli/swedish_time.h"

#include "absl/time/time.h"

namespace stegvis::cli {

std::string SwedishTime(const google::protobuf::Timestamp& moment) {
  if (moment.seconds() == 0) return std::string();
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Stockholm", &zone)) {
    zone = absl::UTCTimeZone();
  }
  return absl::FormatTime("%Y-%m-%d %H:%M",
                          absl::FromUnixSeconds(moment.seconds()), zone);
}

}  // namespace stegvis::cli
