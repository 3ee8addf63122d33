// A store whose audit logs are looked at.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/audit/merkle.h"
#include "storage/seal/signer.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {

class AuditedStore : public StoreContract {
 protected:
  std::vector<storage::RecordedAuditEntry> Entries(
      std::optional<ForbundId> forbund) {
    return *Read<std::vector<storage::RecordedAuditEntry>>(
        [&](ReadTransaction& tx) {
          return tx.ListAudit(forbund, 0, /*limit=*/100'000);
        });
  }
  storage::AuditHead Head(std::optional<ForbundId> forbund) {
    return *Read<storage::AuditHead>(
        [&](ReadTransaction& tx) { return tx.SignAuditHead(forbund); });
  }
  std::vector<storage::AuditHead> KeptHeads(std::optional<ForbundId> forbund) {
    return *Read<std::vector<storage::AuditHead>>(
        [&](ReadTransaction& tx) { return tx.ListAuditHeads(forbund); });
  }
  std::string PublicKey(std::optional<ForbundId> forbund) {
    return *Read<std::string>(
        [&](ReadTransaction& tx) { return tx.SigningPublicKey(forbund); });
  }

  absl::Status Append(std::optional<ForbundId> forbund, int entries) {
    return store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
      for (int i = 0; i < entries; ++i) {
        RETURN_IF_ERROR(
            tx.AppendAudit({forbund, "anna", "Get", "forbund/x", "", false}));
      }
      return absl::OkStatus();
    });
  }

  // Appends `writes` entries in bodies of their own, all at once; those that
  // are drawn to fail do so after they have appended.
  void AppendTogether(int writes, std::mt19937& random) {
    absl::BlockingCounter done(writes);
    for (int i = 0; i < writes; ++i) {
      const auto draw = random();
      std::optional<ForbundId> forbund;
      if (draw % 2 == 0) forbund = kForbund;
      const bool fails = draw % 5 == 0;
      store_->Write(
          [forbund, fails](WriteTransaction& tx) -> absl::Status {
            RETURN_IF_ERROR(
                tx.AppendAudit({forbund, "u", "m", "r", "", false}));
            return fails ? errors::Overlaps() : absl::OkStatus();
          },
          [&done](const absl::Status&) { done.DecrementCount(); });
    }
    done.Wait();
  }

  // Expects that the log's entries are in order, as they were recorded, and
  // those of its signed head.
  void ExpectWhole(std::optional<ForbundId> forbund) {
    std::vector<audit::Hash> leaves;
    for (const storage::RecordedAuditEntry& entry : Entries(forbund)) {
      leaves.push_back(entry.leaf);
      EXPECT_EQ(entry.sequence, static_cast<int64_t>(leaves.size()));
      EXPECT_EQ(entry.recorded, entry.leaf);
      EXPECT_THAT(entry.entry, IsOk());
    }
    const storage::AuditHead head = Head(forbund);
    EXPECT_EQ(head.forbund, forbund);
    EXPECT_EQ(head.tree, (audit::TreeHead{leaves.size(), audit::Root(leaves)}));
    EXPECT_TRUE(seal::IsSignedBy(PublicKey(forbund), storage::HeadText(head),
                                 head.signature));
  }
};

}  // namespace stegvis::contract
