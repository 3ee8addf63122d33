#include "storage/store/store.h"

#include <utility>

#include "absl/synchronization/notification.h"

namespace stegvis::storage {

absl::Status Store::WriteAndWait(WriteBody body) {
  absl::Status result;
  absl::Notification finished;
  Write(std::move(body), [&](const absl::Status& status) {
    result = status;
    finished.Notify();
  });
  finished.WaitForNotification();
  return result;
}

}  // namespace stegvis::storage
