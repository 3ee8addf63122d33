#include "services/base/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace stegvis {
namespace {

TEST(WorkerPool, CompletesWhatIsQueuedBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(2);
    for (int i = 0; i < 100; ++i) pool.Run([&done] { ++done; });
  }
  EXPECT_EQ(done, 100);
}

TEST(WorkerPool, RunsAsManyAtATimeAsItHasThreads) {
  absl::Notification first, second;
  WorkerPool pool(2);

  pool.Run([&] {
    first.Notify();
    second.WaitForNotification();
  });
  pool.Run([&] {
    first.WaitForNotification();
    second.Notify();
  });

  second.WaitForNotification();
}

}  // namespace
}  // namespace stegvis
