// What every suite of the store's contract starts from: an open store with a
// förbund and an insats, and a clock that the test sets.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "storage/store/store.h"
#include "tests/contract/installation_under_test.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::contract {

using storage::AsOf;
using storage::FeedPosition;
using storage::ReadTransaction;
using storage::Store;
using storage::Versioned;
using storage::WriteTransaction;
using testing::AForbund;
using testing::AnInsats;
using testing::AParticipation;
using testing::ARegistration;
using testing::HasReason;
using testing::IsOk;
using testing::On;
using testing::StatusIs;
using testing::TestId;
using testing::ValidNumber;

inline const ForbundId kForbund = TestId<ForbundId>(1);
inline const InsatsId kInsats = TestId<InsatsId>(1);
inline const InsatsKey kInsatsKey = {kForbund, kInsats};

inline ParticipationKey KeyOf(uint8_t participation) {
  return ParticipationKey{kForbund, kInsats,
                          TestId<ParticipationId>(participation)};
}

inline domain::Participation Participation(uint8_t id) {
  return AParticipation().WithId(TestId<ParticipationId>(id)).Build();
}

// What a participation says, for comparison: every field, the secret ones too.
std::string Text(const domain::Participation& participation);

class StoreContract : public ::testing::TestWithParam<InstallationMaker> {
 protected:
  StoreContract();

  // Closes the store and opens it again.
  void Reopen();
  void Close() { store_.reset(); }

  // Puts a participation and gives its version back; a failure ends the test.
  Versioned<domain::Participation> Put(
      const domain::Participation& participation,
      std::optional<absl::Time> known_from = std::nullopt);

  // What a read gives.
  template <typename T>
  absl::StatusOr<T> Read(
      const std::function<absl::StatusOr<T>(ReadTransaction&)>& body,
      AsOf as_of = AsOf::Now()) {
    absl::StatusOr<T> result = absl::InternalError("body did not run");
    const absl::Status status = store_->Read(as_of, [&](ReadTransaction& tx) {
      result = body(tx);
      return result.status();
    });
    EXPECT_EQ(status, result.status());
    return result;
  }
  absl::StatusOr<Versioned<domain::Participation>> Get(
      uint8_t participation, AsOf as_of = AsOf::Now());
  std::vector<storage::Change> Changes();

  // Runs statements past the store, which is closed meanwhile.
  void ChangeBehindTheStore(const std::string& sql);

  ManualClock clock_;
  std::unique_ptr<InstallationUnderTest> installation_;
  std::unique_ptr<Store> store_;
};

}  // namespace stegvis::contract
