#include "services/outcome/insats_history.h"

#include <algorithm>
#include <set>

namespace stegvis::outcome {

// Never kNever itself, so that what is known for ever is known then too.
Micros MicrosOf(absl::Time moment) {
  return std::min(absl::ToUnixMicros(moment), kNever - 1);
}

InsatsVersion InsatsVersionOf(const domain::Insats& insats, Micros known_from,
                              const CodeTables& codes) {
  InsatsVersion version;
  version.known_from = known_from;
  version.title = insats.title;
  version.orientation = insats.orientation;
  version.focus = codes.FocusPlace(insats.focus);
  std::set<size_t> groups;
  for (const std::string& group : insats.target_groups) {
    const uint8_t place = codes.PlaceOf(domain::CodeList::kTargetGroup, group);
    if (place != kNoCode) groups.insert(place);
  }
  version.target_groups.assign(groups.begin(), groups.end());
  return version;
}

const InsatsVersion& InsatsHistory::At(Micros moment) const {
  static const InsatsVersion& nothing = *new InsatsVersion();
  if (versions.empty()) return nothing;
  const auto newest = std::find_if(versions.rbegin(), versions.rend(),
                                   [moment](const InsatsVersion& version) {
                                     return version.known_from <= moment;
                                   });
  return newest == versions.rend() ? versions.front() : *newest;
}

}  // namespace stegvis::outcome
