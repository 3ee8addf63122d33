#include "services/handlers/participation_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/test_installation.h"
#include "services/validation/resource_name.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AnExitMessage;
using ::stegvis::testing::AnInsatsMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::ASituationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::kKey;
using ::stegvis::testing::On;
using ::stegvis::testing::Refusals;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::TestInstallation;
using ::stegvis::testing::ValidNumber;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ParticipationImportTest : public ::testing::Test {
 protected:
  ParticipationImport Begun(const access::Caller& caller, bool migrate) {
    ParticipationImport import(installation_.Codes(), installation_.GetClock());
    v1::ImportOptions options;
    options.set_migrate(migrate);
    EXPECT_TRUE(import.Begin(caller, options).ok());
    return import;
  }

  v1::ParticipationRow ARow(int64_t line, int serial = 238) {
    v1::ParticipationRow row;
    row.set_line(line);
    row.set_insats(installation_.Insats());
    *row.mutable_registration() = ARegistrationMessage();
    row.mutable_registration()->mutable_person()->set_person_number(
        ValidNumber(On("1985-05-05"), serial).Digits(kKey));
    return row;
  }

  static v1::ParticipationRows Rows(std::vector<v1::ParticipationRow> rows) {
    v1::ParticipationRows message;
    for (v1::ParticipationRow& row : rows) *message.add_rows() = row;
    return message;
  }

  v1::ImportProgress Send(const access::Caller& caller,
                          std::vector<v1::ParticipationRow> rows,
                          bool migrate = false) {
    return *installation_.Apply(Begun(caller, migrate), caller,
                                Rows(std::move(rows)));
  }

  std::vector<storage::Versioned<domain::Participation>> Stored() {
    std::vector<storage::Versioned<domain::Participation>> stored;
    const InsatsKey key = *validation::ParseInsatsName(installation_.Insats());
    const auto collect = [&](storage::ReadTransaction& tx) -> absl::Status {
      const auto listed = tx.ListParticipations(key, std::nullopt, 500);
      RETURN_IF_ERROR(listed.status());
      for (const auto& one : *listed) stored.push_back(*one.participation);
      return absl::OkStatus();
    };
    EXPECT_THAT(installation_.GetStore().Read(storage::AsOf::Now(), collect),
                IsOk());
    return stored;
  }

  // The log of `forbund`, or the installation's.
  std::vector<storage::AuditEntry> Audit(std::optional<ForbundId> forbund) {
    std::vector<storage::AuditEntry> entries;
    const auto collect = [&](storage::ReadTransaction& tx) -> absl::Status {
      const auto listed = tx.ListAudit(forbund, 0, 100);
      RETURN_IF_ERROR(listed.status());
      for (const auto& one : *listed) entries.push_back(*one.entry);
      return absl::OkStatus();
    };
    EXPECT_THAT(installation_.GetStore().Read(storage::AsOf::Now(), collect),
                IsOk());
    return entries;
  }

  google::protobuf::Timestamp Moment(absl::string_view rfc3339) {
    absl::Time time;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, rfc3339, &time, nullptr));
    return TimestampOf(time);
  }

  TestInstallation installation_;
  const access::Caller importer_ = CallerWith("imp", Role::kImporter);
  const access::Caller samordnare_ = CallerWith("sam", Role::kSamordnare);
  const access::Caller operator_ = CallerWith("op", Role::kOperator);
};

TEST_F(ParticipationImportTest, RecordsARowOnceWhenItIsSentTwice) {
  const v1::ImportProgress first = Send(importer_, {ARow(2), ARow(3)});
  const v1::ImportProgress again = Send(importer_, {ARow(2)});

  EXPECT_EQ(first.rows(), 2);
  EXPECT_EQ(first.recorded(), 1);
  EXPECT_EQ(first.unchanged(), 1);
  EXPECT_EQ(again.unchanged(), 1);
  EXPECT_EQ(Stored().size(), 1);
}

TEST_F(ParticipationImportTest, AddsTheExitThatTheNextMonthsFileBrings) {
  Send(importer_, {ARow(2)});
  v1::ParticipationRow ended = ARow(2);
  *ended.mutable_registration()->mutable_exit() = AnExitMessage("2020-09-01");

  const v1::ImportProgress progress = Send(importer_, {ended});

  EXPECT_EQ(progress.updated(), 1);
  ASSERT_EQ(Stored().size(), 1);
  EXPECT_EQ(Stored()[0].version, 2);
  EXPECT_TRUE(Stored()[0].value.exit.has_value());
}

TEST_F(ParticipationImportTest, RefusesARowThatDiffersAtEachField) {
  Send(importer_, {ARow(2)});
  v1::ParticipationRow other = ARow(7);
  other.mutable_registration()->mutable_entry()->set_education("grundskola");
  other.mutable_registration()
      ->mutable_entry()
      ->mutable_situation()
      ->set_work_hours(3);

  EXPECT_THAT(
      Refusals(Send(importer_, {other})),
      ElementsAre(
          "7 registration.entry.situation.work_hours DIFFERS_FROM_RECORDED",
          "7 registration.entry.education DIFFERS_FROM_RECORDED"));
}

TEST_F(ParticipationImportTest, NamesEveryFaultOfARowAndRecordsTheOthers) {
  v1::ParticipationRow bad = ARow(2);
  v1::Registration& said = *bad.mutable_registration();
  said.mutable_person()->set_person_number("198505050000");
  said.mutable_entry()->set_date("2020-02-30");
  said.mutable_entry()->mutable_situation()->set_work_hours(80.3);
  said.set_kommun("9999");
  *said.mutable_exit() = AnExitMessage("2020-09-01");
  said.mutable_exit()->set_end_reason("okand");

  const v1::ImportProgress progress = Send(importer_, {bad, ARow(3)});

  EXPECT_THAT(
      Refusals(progress),
      ElementsAre(
          "2 registration.person.person_number PERSON_NUMBER_IMPOSSIBLE",
          "2 registration.entry.date DATE_INVALID",
          "2 registration.entry.situation.work_hours HOURS_OUT_OF_RANGE",
          "2 registration.kommun OUT_OF_RANGE",
          "2 registration.exit.end_reason CODE_UNKNOWN"));
  EXPECT_EQ(progress.recorded(), 1);
}

TEST_F(ParticipationImportTest, RefusesAProtectedPersonForThatAlone) {
  v1::ParticipationRow row = ARow(2);
  row.mutable_registration()->mutable_person()->set_protected_identity(true);
  row.mutable_registration()->mutable_entry()->set_date("snart");

  EXPECT_THAT(Refusals(Send(importer_, {row})),
              ElementsAre("2 registration.person.protected_identity "
                          "PROTECTED_IDENTITY"));
}

TEST_F(ParticipationImportTest, RefusesRowsOfInsatserThatAreNotTheCallers) {
  const std::string other = installation_.AddInsats(
      installation_.Forbund(), AnInsatsMessage("En annan"));
  const access::Caller assigned =
      CallerWith("sam", Role::kSamordnare, installation_.Insats());
  v1::ParticipationRow elsewhere = ARow(2);
  elsewhere.set_insats(other);
  v1::ParticipationRow nowhere = ARow(3);
  nowhere.set_insats(other.substr(0, other.size() - 4) + "0000");
  v1::ParticipationRow nameless = ARow(4);
  nameless.set_insats("Provinsatsen");

  const v1::ImportProgress progress =
      Send(assigned, {elsewhere, nowhere, nameless, ARow(5)});

  EXPECT_THAT(Refusals(progress),
              ElementsAre("2 insats NOT_PERMITTED", "3 insats NOT_PERMITTED",
                          "4 insats NAME_INVALID"));
  EXPECT_EQ(progress.recorded(), 1);
}

TEST_F(ParticipationImportTest, RefusesAnInsatsThatIsNotThere) {
  v1::ParticipationRow row = ARow(3);
  row.set_insats(row.insats().substr(0, row.insats().size() - 4) + "0000");

  EXPECT_THAT(Refusals(Send(importer_, {row})),
              ElementsAre("3 insats NOT_FOUND"));
}

TEST_F(ParticipationImportTest, LetsAnImporterAddOnlyToItsOwnRows) {
  Send(samordnare_, {ARow(2)});
  v1::ParticipationRow ended = ARow(2);
  *ended.mutable_registration()->mutable_exit() = AnExitMessage("2020-09-01");
  v1::ParticipationRow other = ARow(3);
  other.mutable_registration()->mutable_entry()->set_education("grundskola");

  EXPECT_THAT(Refusals(Send(importer_, {ended, other})),
              ElementsAre("2  NOT_YOURS", "3  NOT_YOURS"));
  EXPECT_EQ(Send(importer_, {ARow(4)}).unchanged(), 1);
  EXPECT_EQ(Send(samordnare_, {ended}).updated(), 1);
}

TEST_F(ParticipationImportTest, WritesOneAuditEntryForEachRow) {
  v1::ParticipationRow bad = ARow(3);
  bad.mutable_registration()->clear_consent();
  v1::ParticipationRow nameless = ARow(4);
  nameless.set_insats("198505050000");
  Send(importer_, {ARow(2), bad, nameless});

  const std::vector<storage::AuditEntry> entries =
      Audit(*validation::ParseForbundName(installation_.Forbund()));
  ASSERT_EQ(entries.size(), 2);
  EXPECT_EQ(entries[0].method, "ImportParticipations");
  EXPECT_THAT(entries[0].resource, ::testing::HasSubstr("/participations/"));
  EXPECT_FALSE(entries[0].refused);
  EXPECT_EQ(entries[1].resource, installation_.Insats());
  EXPECT_EQ(entries[1].reason, "CONSENT_MISSING");
  EXPECT_TRUE(entries[1].refused);

  const std::vector<storage::AuditEntry> unplaced = Audit(std::nullopt);
  ASSERT_EQ(unplaced.size(), 1);
  EXPECT_EQ(unplaced[0].resource, "");
  EXPECT_EQ(unplaced[0].reason, "NAME_INVALID");
}

TEST_F(ParticipationImportTest, TellsFindingsOfRowsThatItRecords) {
  v1::ParticipationRow row = ARow(2);
  row.mutable_registration()->mutable_consent()->set_signed_date("2018-01-01");

  const v1::ImportProgress progress = Send(importer_, {row});

  EXPECT_EQ(progress.recorded(), 1);
  ASSERT_EQ(progress.findings_size(), 1);
  EXPECT_EQ(progress.findings(0).line(), 2);
  EXPECT_THAT(progress.findings(0).kinds(), ElementsAre("CONSENT_OLD"));
}

TEST_F(ParticipationImportTest, RefusesTooManyRowsInOneMessage) {
  const std::vector<v1::ParticipationRow> rows(1001, ARow(2));

  EXPECT_THAT(
      installation_.Apply(Begun(importer_, false), importer_, Rows(rows)),
      HasReason("TOO_MANY_ROWS"));
}

TEST_F(ParticipationImportTest, FindsWhatCollidesWithinAFileInADryRun) {
  ParticipationImport import = Begun(importer_, false);
  v1::ParticipationRow overlapping = ARow(3);
  overlapping.mutable_registration()->mutable_entry()->set_date("2020-05-05");
  v1::ParticipationRow ended = ARow(4);
  *ended.mutable_registration()->mutable_exit() = AnExitMessage("2020-04-01");

  const auto first =
      installation_.Check(import, importer_, Rows({ARow(2), overlapping}));
  const auto second =
      installation_.Check(import, importer_, Rows({ended, overlapping, ended}));

  EXPECT_EQ(first->recorded(), 1);
  EXPECT_THAT(Refusals(*first), ElementsAre("3  OVERLAPS"));
  EXPECT_EQ(second->updated(), 1);
  EXPECT_EQ(second->recorded(), 1);
  EXPECT_EQ(second->unchanged(), 1);
  EXPECT_THAT(Stored(), IsEmpty());
}

TEST_F(ParticipationImportTest, SaysTheSameInADryRunAsWhenItIsApplied) {
  v1::ParticipationRow overlapping = ARow(3);
  overlapping.mutable_registration()->mutable_entry()->set_date("2020-05-05");
  const std::vector<v1::ParticipationRow> rows = {ARow(2), overlapping, ARow(4),
                                                  ARow(5, 240)};
  ParticipationImport import = Begun(importer_, false);

  const auto checked = installation_.Check(import, importer_, Rows(rows));
  const v1::ImportProgress applied = Send(importer_, rows);

  EXPECT_EQ(checked->SerializeAsString(), applied.SerializeAsString());
}

TEST_F(ParticipationImportTest, MigratesRowsWithTheirMoment) {
  v1::ParticipationRow row = ARow(2);
  *row.mutable_registered_time() = Moment("2020-03-05T10:00:00Z");
  row.mutable_registration()
      ->mutable_entry()
      ->mutable_situation()
      ->clear_supports();

  const v1::ImportProgress progress = Send(operator_, {row}, true);

  EXPECT_EQ(progress.recorded(), 1);
  EXPECT_EQ(progress.unknown_supports(), 1);
  ASSERT_EQ(Stored().size(), 1);
  EXPECT_TRUE(Stored()[0].value.migrated);
  EXPECT_EQ(TimestampOf(Stored()[0].known_from).seconds(),
            row.registered_time().seconds());
}

TEST_F(ParticipationImportTest, RefusesMigratedRowsByTheirMoment) {
  v1::ParticipationRow missing = ARow(2);
  v1::ParticipationRow future = ARow(3);
  *future.mutable_registered_time() = Moment("2026-11-21T10:00:00Z");
  v1::ParticipationRow before_entry = ARow(4);
  *before_entry.mutable_registered_time() = Moment("2020-03-01T10:00:00Z");

  EXPECT_THAT(Refusals(Send(operator_, {missing, future, before_entry}, true)),
              ElementsAre("2 registered_time REGISTERED_TIME_MISSING",
                          "3 registered_time DATE_IN_FUTURE",
                          "4 registration.entry.date DATE_IN_FUTURE"));
}

TEST_F(ParticipationImportTest, RefusesAMomentWithoutMigration) {
  v1::ParticipationRow row = ARow(2);
  *row.mutable_registered_time() = Moment("2020-03-05T10:00:00Z");

  EXPECT_THAT(Refusals(Send(importer_, {row})),
              ElementsAre("2 registered_time REGISTERED_TIME_NOT_ALLOWED"));
}

TEST_F(ParticipationImportTest, RefusesAMigratedRowOlderThanWhatIsKnown) {
  v1::ParticipationRow ended = ARow(3);
  *ended.mutable_registration()->mutable_exit() = AnExitMessage("2020-04-01");
  *ended.mutable_registered_time() = Moment("2020-04-02T10:00:00Z");
  v1::ParticipationRow followed = ended;
  v1::FollowUp& follow_up = *followed.mutable_registration()->add_follow_ups();
  follow_up.set_months(6);
  follow_up.set_date("2020-10-01");
  *follow_up.mutable_situation() = ASituationMessage("sjukpenning");
  *followed.mutable_registered_time() = Moment("2020-10-02T10:00:00Z");
  Send(samordnare_, {ARow(2)});

  EXPECT_THAT(Refusals(Send(operator_, {ended}, true)),
              ElementsAre("3 registered_time KNOWN_LATER"));

  v1::ParticipationRow own = ARow(5, 240);
  *own.mutable_registered_time() = Moment("2020-03-05T10:00:00Z");
  for (v1::ParticipationRow* row : {&ended, &followed}) {
    *row->mutable_registration()->mutable_person() =
        own.registration().person();
  }
  const v1::ImportProgress in_order =
      Send(operator_, {own, ended, followed}, true);
  EXPECT_EQ(in_order.recorded(), 1);
  EXPECT_EQ(in_order.updated(), 2);
}

TEST_F(ParticipationImportTest, MigratesForAnOperatorOnly) {
  ParticipationImport import(installation_.Codes(), installation_.GetClock());
  v1::ImportOptions options;
  options.set_migrate(true);

  EXPECT_THAT(import.Begin(importer_, options),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Refusals(Send(operator_, {ARow(2)})),
              ElementsAre("2 insats NOT_PERMITTED"));
}

}  // namespace
}  // namespace stegvis::handlers
