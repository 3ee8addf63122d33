#include "services/handlers/count_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/handlers/convert.h"
#include "services/handlers/count_import.h"
#include "services/handlers/insats_import.h"
#include "services/handlers/test_installation.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AnInsatsMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::Refusals;
using ::stegvis::testing::TestInstallation;
using ::testing::ElementsAre;

v1::Count Anonymous(int year, int women, int men) {
  v1::Count count;
  count.set_kind(v1::COUNT_KIND_ANONYMOUS);
  count.set_year(year);
  count.set_women(women);
  count.set_men(men);
  return count;
}

v1::Count Volume(int year, int total) {
  v1::Count count;
  count.set_kind(v1::COUNT_KIND_VOLUME);
  count.set_year(year);
  count.set_total(total);
  return count;
}

class CountTest : public ::testing::Test {
 protected:
  CountTest() {
    v1::Insats by_volume = AnInsatsMessage("Volym");
    by_volume.set_registration_method(v1::REGISTRATION_METHOD_VOLUME);
    by_volume_ = installation_.AddInsats(installation_.Forbund(), by_volume);
  }

  absl::StatusOr<v1::Count> Set(const access::Caller& caller,
                                const std::string& insats,
                                const v1::Count& count) {
    v1::SetCountRequest request;
    request.set_parent(insats);
    *request.mutable_count() = count;
    return installation_.Write<v1::Count>(handler_, &CountHandler::SetCount,
                                          caller, request);
  }

  v1::CountRows Rows(const std::vector<v1::Count>& counts,
                     const std::string& insats) {
    v1::CountRows rows;
    for (const v1::Count& count : counts) {
      v1::CountRow& row = *rows.add_rows();
      row.set_line(rows.rows_size() + 1);
      row.set_insats(insats);
      *row.mutable_count() = count;
    }
    return rows;
  }

  CountImport Begun(const access::Caller& caller, bool migrate = false) {
    CountImport import(installation_.Codes(), installation_.GetClock());
    v1::ImportOptions options;
    options.set_migrate(migrate);
    EXPECT_THAT(import.Begin(caller, options), IsOk());
    return import;
  }

  TestInstallation installation_;
  std::string by_volume_;
  const CountHandler handler_{installation_.Codes(), installation_.GetClock()};
  const access::Caller admin_ = CallerWith("adm", Role::kForbundAdmin);
  const access::Caller sam_ = CallerWith("sam", Role::kSamordnare);
};

TEST_F(CountTest, IsTheSameWhenSetAgain) {
  const v1::Count first =
      *Set(admin_, installation_.Insats(), Anonymous(2020, 3, 4));

  const auto again = Set(admin_, installation_.Insats(), Anonymous(2020, 3, 4));

  EXPECT_EQ(first.total(), 7);
  EXPECT_EQ(again->etag(), first.etag());
}

TEST_F(CountTest, IsChangedByWhoHasReadIt) {
  const v1::Count first =
      *Set(admin_, installation_.Insats(), Anonymous(2020, 3, 4));
  v1::Count other = Anonymous(2020, 5, 4);
  EXPECT_THAT(Set(admin_, installation_.Insats(), other),
              HasReason("ETAG_STALE"));

  other.set_etag(first.etag());

  EXPECT_EQ(Set(admin_, installation_.Insats(), other)->total(), 9);
  EXPECT_EQ(installation_
                .Answer<v1::Count>(handler_, admin_, ResultRef{first.name(), 1})
                ->total(),
            7);
}

TEST_F(CountTest, OfAKindThatTheInsatsHasNotIsRefused) {
  EXPECT_THAT(Set(admin_, installation_.Insats(), Volume(2020, 4)),
              HasReason("METHOD_IS_PERSONAL"));
  EXPECT_THAT(Set(admin_, by_volume_, Anonymous(2020, 3, 4)),
              HasReason("METHOD_IS_VOLUME"));
  EXPECT_THAT(Set(admin_, by_volume_, v1::Count()),
              HasFault("count.kind", "MISSING"));
}

TEST_F(CountTest, ByVolumeIsNotForASamordnare) {
  EXPECT_THAT(Set(sam_, by_volume_, Volume(2020, 4)),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Set(sam_, installation_.Insats(), Anonymous(2020, 3, 4)), IsOk());
}

TEST_F(CountTest, ListIsByYear) {
  for (const int year : {2021, 2019, 2020}) {
    EXPECT_THAT(Set(admin_, by_volume_, Volume(year, 4)), IsOk());
  }
  v1::ListCountsRequest request;
  request.set_parent(by_volume_);
  request.set_page_size(2);

  const auto page =
      installation_.Read(handler_, &CountHandler::ListCounts, admin_, request);

  ASSERT_EQ(page->counts_size(), 2);
  EXPECT_EQ(page->counts(0).year(), 2019);
  EXPECT_EQ(page->counts(1).year(), 2020);
  EXPECT_FALSE(page->next_page_token().empty());
}

TEST_F(CountTest, ImportReplacesWhatIsKnown) {
  const v1::CountRows rows =
      Rows({Volume(2020, 4), Volume(2020, 4), Volume(2020, 6), Volume(2030, 1)},
           by_volume_);
  CountImport dry = Begun(admin_);

  const auto checked = installation_.Check(dry, admin_, rows);
  const auto applied = installation_.Apply(Begun(admin_), admin_, rows);

  EXPECT_EQ(applied->recorded(), 1);
  EXPECT_EQ(applied->unchanged(), 1);
  EXPECT_EQ(applied->updated(), 1);
  EXPECT_THAT(Refusals(*applied), ElementsAre("5 count.year DATE_IN_FUTURE"));
  EXPECT_EQ(checked->SerializeAsString(), applied->SerializeAsString());
}

TEST_F(CountTest, ImportNamesAKindThatTheInsatsHasNot) {
  v1::CountRows rows = Rows({Volume(2020, 4)}, installation_.Insats());
  rows.MergeFrom(Rows({Anonymous(2020, 3, 4)}, by_volume_));

  const auto progress = installation_.Apply(Begun(admin_), admin_, rows);

  EXPECT_THAT(Refusals(*progress),
              ElementsAre("2 count.kind METHOD_IS_PERSONAL",
                          "2 count.kind METHOD_IS_VOLUME"));
}

TEST_F(CountTest, ImportBySamordnareIsOfAnonymousOnesOnly) {
  v1::CountRows rows = Rows({Anonymous(2020, 3, 4)}, installation_.Insats());
  rows.MergeFrom(Rows({Volume(2020, 4)}, by_volume_));

  const auto progress = installation_.Apply(Begun(sam_), sam_, rows);

  EXPECT_EQ(progress->recorded(), 1);
  EXPECT_THAT(Refusals(*progress), ElementsAre("2 count.kind NOT_PERMITTED"));
}

TEST_F(CountTest, ImportMigratesWithMoments) {
  const access::Caller op = CallerWith("op", Role::kOperator);
  v1::CountRows rows = Rows({Volume(2020, 4), Volume(2021, 4)}, by_volume_);
  *rows.mutable_rows(0)->mutable_registered_time() = TimestampOf(
      absl::FromCivil(absl::CivilDay(2021, 1, 2), absl::UTCTimeZone()));
  *rows.mutable_rows(1)->mutable_registered_time() =
      rows.rows(0).registered_time();
  rows.mutable_rows(1)->mutable_count()->set_year(2022);

  const auto progress = installation_.Apply(Begun(op, true), op, rows);

  EXPECT_EQ(progress->recorded(), 1);
  EXPECT_THAT(Refusals(*progress), ElementsAre("3 count.year DATE_IN_FUTURE"));
  v1::ListCountsRequest request;
  request.set_parent(by_volume_);
  const auto listed =
      installation_.Read(handler_, &CountHandler::ListCounts, admin_, request);
  ASSERT_EQ(listed->counts_size(), 1);
  EXPECT_TRUE(listed->counts(0).migrated());
  EXPECT_EQ(listed->counts(0).known_time().seconds(),
            rows.rows(0).registered_time().seconds());
}

class InsatsImportTest : public CountTest {
 protected:
  v1::InsatsRows Rows(const std::vector<v1::Insats>& insatser) {
    v1::InsatsRows rows;
    for (const v1::Insats& insats : insatser) {
      v1::InsatsRow& row = *rows.add_rows();
      row.set_line(rows.rows_size() + 1);
      row.set_forbund(installation_.Forbund());
      *row.mutable_insats() = insats;
    }
    return rows;
  }

  InsatsImport BegunInsatser(const access::Caller& caller) {
    InsatsImport import(installation_.Codes(), installation_.GetClock());
    EXPECT_THAT(import.Begin(caller, v1::ImportOptions()), IsOk());
    return import;
  }
};

TEST_F(InsatsImportTest, RecordsEachTitleOnce) {
  v1::Insats other = AnInsatsMessage("Ny");
  other.set_description("en annan");
  v1::Insats bad = AnInsatsMessage("Dålig");
  bad.set_focus("okand");
  const v1::InsatsRows rows =
      Rows({AnInsatsMessage("Ny"), AnInsatsMessage("Ny"), other, bad,
            AnInsatsMessage("Provinsatsen")});
  InsatsImport dry = BegunInsatser(admin_);

  const auto checked = installation_.Check(dry, admin_, rows);
  const auto applied = installation_.Apply(BegunInsatser(admin_), admin_, rows);

  EXPECT_EQ(applied->recorded(), 1);
  EXPECT_EQ(applied->unchanged(), 2);
  EXPECT_THAT(Refusals(*applied),
              ElementsAre("4 insats.description DIFFERS_FROM_RECORDED",
                          "5 insats.focus CODE_UNKNOWN"));
  EXPECT_EQ(checked->SerializeAsString(), applied->SerializeAsString());
}

TEST_F(InsatsImportTest, IsForWhoAdministersTheForbund) {
  const auto progress = installation_.Apply(BegunInsatser(sam_), sam_,
                                            Rows({AnInsatsMessage("Ny")}));

  EXPECT_THAT(Refusals(*progress), ElementsAre("2 forbund NOT_PERMITTED"));
}

}  // namespace
}  // namespace stegvis::handlers
