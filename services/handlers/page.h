// One page of a list that is small enough to be read whole.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/base/status_macros.h"
#include "services/validation/paging.h"

namespace stegvis::handlers {

// A thing of a list under the key it is sorted by, which is unique.
template <typename T>
struct Keyed {
  std::string key;
  T value;
};

// Gives `add` the values of the page that `request` asks for, by key, and sets
// the token of `response`.
template <typename Request, typename T, typename Add, typename Response>
absl::Status FillPage(const Request& request, std::vector<Keyed<T>> items,
                      const Add& add, Response& response) {
  ASSIGN_OR_RETURN(const validation::Page page, validation::PageOf(request));
  std::sort(items.begin(), items.end(),
            [](const Keyed<T>& a, const Keyed<T>& b) { return a.key < b.key; });
  auto next = std::upper_bound(
      items.begin(), items.end(), page.after,
      [](const std::string& key, const Keyed<T>& b) { return key < b.key; });
  for (int left = page.size; left > 0 && next != items.end(); --left, ++next) {
    add(next->value);
  }
  if (next != items.end()) {
    response.set_next_page_token(
        validation::NextPageToken(request, std::prev(next)->key));
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
