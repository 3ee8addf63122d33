// The audit log as a Merkle log: what was appended is under a signed head, and
// what was changed afterwards shows.
#include "tests/contract/audited_store.h"

namespace stegvis::contract {
namespace {

using storage::AuditHead;
using storage::RecordedAuditEntry;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(AuditedStore, OfNothingHasTheHeadOfAnEmptyTree) {
  EXPECT_EQ(Head(kForbund).tree, audit::TreeHead());
  EXPECT_THAT(KeptHeads(kForbund), IsEmpty());
  EXPECT_THAT(Read<AuditHead>([](ReadTransaction& tx) {
                return tx.SignAuditHead(TestId<ForbundId>(9));
              }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(AuditedStore, HoldsEveryEntryUnderItsHeadWhateverFailsBeside) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    AppendTogether(40, random);
    if (seed % 3 == 0) Reopen();
    ExpectWhole(kForbund);
    ExpectWhole(std::nullopt);
  }
}

TEST_P(AuditedStore, KeepsASignedHeadForEveryThousandEntries) {
  ASSERT_THAT(Append(kForbund, 999), IsOk());
  EXPECT_THAT(KeptHeads(kForbund), IsEmpty());
  ASSERT_THAT(Append(kForbund, 1), IsOk());
  ASSERT_THAT(Append(kForbund, 2500), IsOk());

  const std::vector<AuditHead> kept = KeptHeads(kForbund);

  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].tree.size, 1000U);
  EXPECT_EQ(kept[1].tree.size, 3500U);
  std::vector<audit::Hash> leaves;
  for (const auto& entry : Entries(kForbund)) leaves.push_back(entry.leaf);
  for (const AuditHead& head : kept) {
    EXPECT_EQ(head.tree.root,
              audit::Root(absl::MakeSpan(leaves).subspan(0, head.tree.size)));
    EXPECT_TRUE(seal::IsSignedBy(PublicKey(kForbund), storage::HeadText(head),
                                 head.signature));
  }
}

TEST_P(AuditedStore, IsSignedByAKeyOfItsOwn) {
  EXPECT_NE(PublicKey(kForbund), PublicKey(std::nullopt));
}

TEST_P(AuditedStore, ShowsWhichEntryWasChanged) {
  ASSERT_THAT(Append(kForbund, 5), IsOk());
  const AuditHead before = Head(kForbund);

  ChangeBehindTheStore(
      "UPDATE audit_entry SET recorded_at = recorded_at + 1 "
      "WHERE sequence = 3");

  std::vector<int64_t> changed;
  std::vector<audit::Hash> leaves;
  for (const RecordedAuditEntry& entry : Entries(kForbund)) {
    leaves.push_back(entry.leaf);
    if (entry.leaf == entry.recorded) continue;
    changed.push_back(entry.sequence);
    EXPECT_THAT(entry.entry.status(), HasReason("RECORD_UNREADABLE"));
  }
  EXPECT_THAT(changed, ElementsAre(3));
  EXPECT_NE(audit::Root(leaves), before.tree.root);
}

TEST_P(AuditedStore, GoesOnWhereItsEndWasDamaged) {
  ASSERT_THAT(Append(kForbund, 5), IsOk());

  for (const char* damage :
       {"UPDATE audit_log SET size = size - 1",
        "UPDATE audit_log SET subtrees = x'00'", "DELETE FROM audit_log"}) {
    ChangeBehindTheStore(damage);

    EXPECT_THAT(Append(kForbund, 1), IsOk()) << damage;
    ExpectWhole(kForbund);
  }
}

// The head of the entry that was there before stays, and speaks against it.
TEST_P(AuditedStore, GoesOnWhereEntriesUnderAKeptHeadWereRemoved) {
  ASSERT_THAT(Append(kForbund, 1000), IsOk());
  const std::vector<AuditHead> kept = KeptHeads(kForbund);
  ASSERT_THAT(kept, SizeIs(1));

  ChangeBehindTheStore(
      "DELETE FROM audit_entry WHERE sequence = 1000;"
      "DELETE FROM audit_log");

  EXPECT_THAT(Append(kForbund, 1), IsOk());
  ASSERT_THAT(KeptHeads(kForbund), SizeIs(1));
  EXPECT_EQ(KeptHeads(kForbund)[0].tree, kept[0].tree);
  EXPECT_NE(Head(kForbund).tree.root, kept[0].tree.root);
}

}  // namespace
}  // namespace stegvis::contract
