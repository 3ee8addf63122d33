// Sealed reports: stored once, signed with the förbund's key, never changed.
#include "storage/seal/signer.h"
#include "tests/contract/store_with_sealed_reports.h"

namespace stegvis::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(SealedReports, AreGivenBackAsTheyWereSealed) {
  const auto put = PutReport(AReport(2020, 1));
  ASSERT_THAT(put, IsOk());
  Reopen();

  const auto got = GetReport(2020, 1);

  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->payload, "report 1");
  EXPECT_EQ(got->key.recorded_at, put->key.recorded_at);
  EXPECT_EQ(got->key.key_version, 1U);
  EXPECT_TRUE(seal::IsSignedBy(got->public_key, "signed 1", got->signature));
  EXPECT_EQ(got->public_key, *Read<std::string>([](ReadTransaction& tx) {
              return tx.SigningPublicKey(kForbund);
            }));
}

TEST_P(SealedReports, AreListedByYearAndRevision) {
  ASSERT_THAT(PutReport(AReport(2020, 1)), IsOk());
  ASSERT_THAT(PutReport(AReport(2019, 1)), IsOk());
  ASSERT_THAT(PutReport(AReport(2020, 2)), IsOk());

  EXPECT_THAT(ListedReports(), ElementsAre("2019.1", "2020.1", "2020.2"));
  EXPECT_THAT(ListedReports(TestId<ForbundId>(9)), IsEmpty());
}

TEST_P(SealedReports, ComeInTheOrderOfTheirRevisionsAlone) {
  EXPECT_THAT(PutReport(AReport(2020, 2)), HasReason("BUG"));
  ASSERT_THAT(PutReport(AReport(2020, 1)), IsOk());

  // A second first one does not take the place of the first.
  storage::ReportToSeal other = AReport(2020, 1);
  other.payload = "another";
  EXPECT_THAT(PutReport(other), HasReason("BUG"));

  EXPECT_EQ(GetReport(2020, 1)->payload, "report 1");
}

TEST_P(SealedReports, ThatAreNotThereAreNotFound) {
  EXPECT_THAT(GetReport(2020, 1), HasReason("NOT_FOUND"));
  EXPECT_THAT(GetReport(2020, 1, TestId<ForbundId>(9)), HasReason("NOT_FOUND"));
  storage::ReportToSeal elsewhere = AReport(2020, 1);
  elsewhere.forbund = TestId<ForbundId>(9);
  EXPECT_THAT(PutReport(elsewhere), HasReason("NOT_FOUND"));
}

TEST_P(SealedReports, OfABodyThatFailsAreNotThere) {
  EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutSealedReport(AReport(2020, 1)), IsOk());
    return errors::Overlaps();
  }),
              HasReason("OVERLAPS"));

  EXPECT_THAT(ListedReports(), IsEmpty());
}

TEST_P(SealedReports, WithAnyColumnEditedDoNotOpen) {
  ASSERT_THAT(PutReport(AReport(2020, 1)), IsOk());
  const auto raw = installation_->OpenRaw();
  for (const char* column : {"recorded_at", "key_version"}) {
    ASSERT_THAT(raw->Execute(absl::StrCat("UPDATE sealed_report SET ", column,
                                          " = ", column, " + 1")),
                IsOk());
    EXPECT_THAT(GetReport(2020, 1), HasReason("RECORD_UNREADABLE")) << column;
    ASSERT_THAT(raw->Execute(absl::StrCat("UPDATE sealed_report SET ", column,
                                          " = ", column, " - 1")),
                IsOk());
    EXPECT_THAT(GetReport(2020, 1), IsOk());
  }
  ASSERT_THAT(raw->Execute("UPDATE sealed_report SET year = 2021"), IsOk());
  EXPECT_THAT(GetReport(2021, 1), HasReason("RECORD_UNREADABLE"));
  ASSERT_THAT(
      raw->Execute("UPDATE sealed_report SET year = 2020, revision = 2"),
      IsOk());
  EXPECT_THAT(GetReport(2020, 2), HasReason("RECORD_UNREADABLE"));
}

TEST_P(SealedReports, LieOnDiskWithoutTheirText) {
  storage::ReportToSeal report = AReport(2020, 1);
  report.payload = "försörjningsstöd 1873 personer";
  ASSERT_THAT(PutReport(report), IsOk());
  Close();

  EXPECT_EQ(Ask("SELECT count(*) FROM sealed_report "
                "WHERE instr(sealed, CAST('1873' AS BLOB)) > 0"),
            0);
  EXPECT_EQ(Ask("SELECT count(*) FROM sealed_report"), 1);
}

TEST_P(SealedReports, OpenAndVerifyAfterTheKeysAreRotated) {
  ASSERT_THAT(PutReport(AReport(2020, 1)), IsOk());

  Rotate();

  const auto got = GetReport(2020, 1);
  ASSERT_THAT(got, IsOk());
  EXPECT_TRUE(seal::IsSignedBy(got->public_key, "signed 1", got->signature));
  ASSERT_THAT(PutReport(AReport(2020, 2)), IsOk());
  EXPECT_EQ(GetReport(2020, 2)->public_key, got->public_key);
}

// The signatures are worth nothing if somebody can change what is stored.
TEST_P(SealedReports, AreNeitherChangedNorRemovedByAnyErasure) {
  Put(Ended(1));
  ASSERT_THAT(PutReport(AReport(2020, 1)), IsOk());

  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  EXPECT_EQ(GetReport(2020, 1)->payload, "report 1");
  EXPECT_THAT(ListedReports(), SizeIs(1));
}

}  // namespace
}  // namespace stegvis::contract
