// The feed over a true store.
#include "services/outcome/fact_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/outcome/fact_reading.h"
#include "services/outcome/make_report.h"
#include "services/outcome/test_world.h"
#include "storage/seal/key_source.h"
#include "storage/store/open.h"
#include "tests/support/status_matchers.h"

namespace stegvis::outcome {
namespace {

using storage::FeedPosition;
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

const ForbundId kProv = TestId<ForbundId>(1);

// The year 2020 of every förbund of `forbund`, by everything.
ReportRequest Everything(const std::vector<ForbundId>& forbund) {
  ReportRequest request = YearRequest(2020);
  request.forbund = forbund;
  for (int i = 0; i < kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<Dimension>(i));
  }
  return request;
}

domain::Participation Person(uint8_t id, const ARegistration& registration,
                             uint8_t insats = 1) {
  return AParticipation()
      .WithId(TestId<ParticipationId>(id))
      .In(TestId<InsatsId>(insats))
      .As(registration)
      .Build();
}

// An installation in a folder of its own, with the förbund kProv and its
// insats.
class FactFeedTest : public ::testing::Test {
 protected:
  FactFeedTest()
      : clock_(NoonOf("2021-01-01")),
        folder_(absl::StrCat(::testing::TempDir(), "feedXXXXXX")) {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    EXPECT_THAT(seal::KeySource::Create(KeySource()), IsOk());
    Open();
    Write([](WriteTransaction& tx) {
      EXPECT_THAT(tx.PutForbund(AForbund().WithId(kProv).Build()), IsOk());
      EXPECT_THAT(tx.PutInsats(kProv, AnInsats().Build()), IsOk());
    });
  }
  ~FactFeedTest() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string KeySource() const { return absl::StrCat(folder_, "/key-source"); }

  void Open() {
    store_ = storage::OpenStore({folder_, KeySource(), /*create=*/true}, clock_)
                 .value();
  }

  void Write(const std::function<void(WriteTransaction&)>& body) {
    ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      body(tx);
      return absl::OkStatus();
    }),
                IsOk());
  }
  void Put(const domain::Participation& participation) {
    Write([&](WriteTransaction& tx) {
      EXPECT_THAT(tx.PutParticipation(kProv, participation, std::nullopt),
                  IsOk());
    });
  }

  std::unique_ptr<FactFeed> Start() { return FactFeed::Start(*store_).value(); }
  // Waits until `feed` knows what is written.
  void WaitForAll(const FactFeed& feed) {
    EXPECT_THAT(feed.WaitFor(store_->Tail(), absl::Now() + absl::Seconds(30)),
                IsOk());
  }
  int64_t StartedIn(const FactFeed& feed) {
    return feed.Report(Everything({kProv}))->whole.participants.started.total;
  }

  // Spoils the seal of every version past the store, which is closed meanwhile.
  void SpoilVersions(int version) {
    ChangeFile(absl::StrCat(
        "UPDATE participation_version SET recorded_at = recorded_at + 1 "
        "WHERE version = ",
        version));
  }
  // Runs a statement past the store, which is closed meanwhile.
  void ChangeFile(const std::string& sql) {
    store_.reset();
    sqlite3* database = nullptr;
    ASSERT_EQ(
        sqlite3_open(absl::StrCat(folder_, "/stegvis.db").c_str(), &database),
        SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(database);
    Open();
  }

  ManualClock clock_;
  std::string folder_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(FactFeedTest, StartsWithEverythingThatIsStored) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  Put(Person(2, ARegistration().Of(Man(1)).Exiting(On("2020-06-15"))));

  const std::unique_ptr<FactFeed> feed = Start();

  const OutcomeReport report = *feed->Report(Everything({kProv}));
  EXPECT_EQ(report.whole.participants.started, (PeopleCount{2, 1, 1}));
  EXPECT_EQ(report.whole.participants.base, (PeopleCount{1, 0, 1}));
  EXPECT_EQ(report.feed_position, store_->Tail().value);
  EXPECT_EQ(feed->Statistics().facts, 2);
  EXPECT_EQ(feed->Statistics().position, store_->Tail());
  EXPECT_GT(feed->Statistics().bytes, 0);
}

TEST_F(FactFeedTest, FollowsEveryKindOfChange) {
  const std::unique_ptr<FactFeed> feed = Start();
  const ForbundId norr = TestId<ForbundId>(2);

  Write([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(AForbund()
                                  .WithId(norr)
                                  .Named("Norr")
                                  .Numbered(testing::ValidOrganizationNumber(2))
                                  .Build()),
                IsOk());
    EXPECT_THAT(
        tx.PutInsats(norr, AnInsats().WithId(TestId<InsatsId>(2)).Build()),
        IsOk());
    EXPECT_THAT(tx.PutParticipation(norr, Person(1, ARegistration(), 2), {}),
                IsOk());
    EXPECT_THAT(tx.PutCount(norr,
                            {TestId<InsatsId>(2), domain::CountKind::kAnonymous,
                             2020, 3, 1, 2},
                            {}),
                IsOk());
  });
  Write([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(AForbund().WithId(kProv).Named("Nytt").Build()),
                IsOk());
    EXPECT_THAT(tx.PutInsats(kProv, AnInsats().Titled("Ny").Build()), IsOk());
  });
  Put(Person(1, ARegistration().Of(Woman(1))));
  Put(Person(1, ARegistration().Of(Woman(1)).Exiting(On("2020-06-15"))));
  WaitForAll(*feed);

  const OutcomeReport report = *feed->Report(Everything({kProv, norr}));
  EXPECT_THAT(report.forbund, ::testing::ElementsAre("Nytt", "Norr"));
  EXPECT_EQ(report.whole.participants.started.total, 2);
  EXPECT_EQ(report.whole.participants.base.total, 1);
  EXPECT_EQ(report.whole.participants.anonymous, (PeopleCount{3, 1, 2}));
  EXPECT_NE(FindRow(report, Dimension::kInsats, "Ny"), nullptr);
}

// Writes at random what a server could write.
class RandomWriter {
 public:
  RandomWriter(unsigned seed, storage::Store& store)
      : random_(seed), store_(store) {}

  void WriteSome() {
    const absl::Status written = store_.WriteAndWait([this](auto& tx) {
      for (int i = 1 + Below(3); i > 0; --i) {
        const absl::Status status = WriteOne(tx);
        if (!status.ok()) return status;
      }
      return absl::OkStatus();
    });
    EXPECT_THAT(written, IsOk());
  }

 private:
  int Below(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }

  absl::Status WriteOne(WriteTransaction& tx) {
    switch (Below(8)) {
      case 0:
        return tx
            .PutInsats(kProv,
                       AnInsats().Titled(absl::StrCat("T", Below(9))).Build())
            .status();
      case 1:
        return tx
            .PutCount(kProv,
                      {TestId<InsatsId>(1), domain::CountKind::kAnonymous,
                       2019 + Below(3), 2, 1, 1},
                      {})
            .status();
      default:
        return PutPerson(tx);
    }
  }

  absl::Status PutPerson(WriteTransaction& tx) {
    const auto id = static_cast<uint8_t>(1 + Below(40));
    ARegistration person;
    person.Of(Woman(1 + Below(9)))
        .Entering(On("2020-01-01").PlusDays(Below(300)));
    if (Below(2) == 0) person.Exiting(On("2020-11-01").PlusDays(Below(90)));
    return tx.PutParticipation(kProv, Person(id, person), std::nullopt)
        .status();
  }

  std::mt19937 random_;
  storage::Store& store_;
};

TEST_F(FactFeedTest, HoldsAfterAnyChangesWhatAFreshStartHolds) {
  const std::unique_ptr<FactFeed> followed = Start();
  RandomWriter writer(/*seed=*/1, *store_);
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 20; ++i) {
      clock_.Advance(absl::Minutes(1));
      writer.WriteSome();
    }
    WaitForAll(*followed);

    const std::unique_ptr<FactFeed> fresh = Start();

    ReportRequest request = Everything({kProv});
    EXPECT_EQ(TextOf(*followed->Report(request)),
              TextOf(*fresh->Report(request)));
    request.as_of = NoonOf("2021-01-01") + absl::Minutes(10 * round);
    EXPECT_EQ(TextOf(*followed->Report(request)),
              TextOf(*fresh->Report(request)));
    EXPECT_EQ(followed->Statistics().facts, fresh->Statistics().facts);
  }
}

TEST_F(FactFeedTest, ReadsChangeByChangeWhatItReadsWhole) {
  RandomWriter writer(/*seed=*/2, *store_);
  for (int i = 0; i < 600; ++i) writer.WriteSome();
  FactTable table = *FactTable::Create(store_->Codes());
  while (table.Position() < store_->Tail()) {
    ChangeBatch batch =
        *ChangeBatch::Read(*store_, table.Codes(), table.Position());
    ASSERT_GT(batch.End(), table.Position());
    batch.ApplyTo(table);
  }

  const ReportRequest request = Everything({kProv});

  EXPECT_EQ(TextOf(*MakeReport(table, request)),
            TextOf(*Start()->Report(request)));
}

TEST_F(FactFeedTest, KnowsMigratedVersionsFromTheirOwnMoment) {
  Write([](WriteTransaction& tx) {
    domain::Participation person = Person(1, ARegistration().Of(Woman(1)));
    person.migrated = true;
    EXPECT_THAT(tx.PutParticipation(kProv, person, NoonOf("2020-03-05")),
                IsOk());
  });
  const std::unique_ptr<FactFeed> feed = Start();
  ReportRequest request = Everything({kProv});

  request.as_of = NoonOf("2020-03-04");
  EXPECT_EQ(feed->Report(request)->whole.participants.started.total, 0);
  request.as_of = NoonOf("2020-03-05");
  EXPECT_EQ(feed->Report(request)->whole.participants.started.total, 1);
}

TEST_F(FactFeedTest, CountsWhatDoesNotOpenAndNeverServesTheVersionBefore) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  Put(Person(1, ARegistration().Of(Woman(1)).Exiting(On("2020-06-15"))));
  Put(Person(2, ARegistration().Of(Woman(2))));
  SpoilVersions(/*version=*/2);

  const std::unique_ptr<FactFeed> feed = Start();

  const Participants of = feed->Report(Everything({kProv}))->whole.participants;
  EXPECT_EQ(of.unreadable, 1);
  EXPECT_EQ(of.started.total, 1);
  EXPECT_EQ(feed->Statistics().unreadable, 1);
}

TEST_F(FactFeedTest, CountsWhatIsGoneThatTheFeedTellsOf) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  Put(Person(1, ARegistration().Of(Woman(1)).Exiting(On("2020-06-15"))));
  Put(Person(2, ARegistration().Of(Woman(2))));
  ChangeFile("DELETE FROM participation_version WHERE version = 2");

  const std::unique_ptr<FactFeed> feed = Start();

  const Participants of = feed->Report(Everything({kProv}))->whole.participants;
  EXPECT_EQ(of.unreadable, 1);
  EXPECT_EQ(of.started.total, 1) << "the version before was served";
}

TEST_F(FactFeedTest, DoesNotStartWithoutAnInsatsThatTheFeedTellsOf) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  ChangeFile("DELETE FROM insats_version");

  EXPECT_THAT(FactFeed::Start(*store_), HasReason("RECORD_UNREADABLE"));
}

TEST_F(FactFeedTest, DoesNotStartWhenTheEndOfTheFeedIsGone) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  ChangeFile(
      "DELETE FROM change WHERE position = (SELECT max(position) FROM change)");

  EXPECT_THAT(FactFeed::Start(*store_), HasReason("RECORD_UNREADABLE"));
}

TEST_F(FactFeedTest, ReadsAForbundWholeWhenAChangedVersionDoesNotOpen) {
  Put(Person(1, ARegistration().Of(Woman(1))));
  Put(Person(1, ARegistration().Of(Woman(1)).Exiting(On("2020-06-15"))));
  Put(Person(2, ARegistration().Of(Woman(2))));
  SpoilVersions(/*version=*/2);
  FactTable table = *FactTable::Create(store_->Codes());

  ChangeBatch batch = *ChangeBatch::Read(*store_, table.Codes(), {});
  batch.ApplyTo(table);

  const Participants of =
      MakeReport(table, Everything({kProv}))->whole.participants;
  EXPECT_EQ(of.unreadable, 1);
  EXPECT_EQ(of.started.total, 1);
}

TEST_F(FactFeedTest, NeverShowsHalfOfAWrite) {
  const std::unique_ptr<FactFeed> feed = Start();
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) EXPECT_EQ(StartedIn(*feed) % 2, 0);
  });

  for (uint8_t i = 1; i < 120; i += 2) {
    Write([&](WriteTransaction& tx) {
      for (const uint8_t id : {i, static_cast<uint8_t>(i + 1)}) {
        const auto person = Person(id, ARegistration().Of(Woman(id)));
        EXPECT_THAT(tx.PutParticipation(kProv, person, {}), IsOk());
      }
    });
  }
  WaitForAll(*feed);
  done = true;
  reader.join();

  EXPECT_EQ(StartedIn(*feed), 120);
}

TEST_F(FactFeedTest, IsBehindAtTheDeadlineForAPositionThatIsNotReached) {
  const std::unique_ptr<FactFeed> feed = Start();
  const FeedPosition next{store_->Tail().value + 1};

  const absl::Status waited =
      feed->WaitFor(next, absl::Now() + absl::Milliseconds(5));

  EXPECT_THAT(waited, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(waited, HasReason("FACTS_BEHIND"));
}

TEST_F(FactFeedTest, WaitsForAPositionThatIsReachedMeanwhile) {
  const std::unique_ptr<FactFeed> feed = Start();
  const FeedPosition next{store_->Tail().value + 1};
  absl::Status waited = absl::UnknownError("not yet");
  std::thread waiting(
      [&] { waited = feed->WaitFor(next, absl::Now() + absl::Seconds(30)); });

  Put(Person(1, ARegistration()));
  waiting.join();

  EXPECT_THAT(waited, IsOk());
  EXPECT_EQ(StartedIn(*feed), 1);
}

TEST_F(FactFeedTest, ReportsStillButWaitsNoMoreOnceItIsStopped) {
  Put(Person(1, ARegistration()));
  const std::unique_ptr<FactFeed> feed = Start();
  feed->Stop();
  feed->Stop();
  const FeedPosition next{store_->Tail().value + 1};

  EXPECT_EQ(StartedIn(*feed), 1);
  EXPECT_THAT(feed->WaitFor(next, absl::InfiniteFuture()),
              HasReason("FACTS_BEHIND"));
}

TEST_F(FactFeedTest, OutlivesTheStopOfItsStore) {
  const std::unique_ptr<FactFeed> feed = Start();

  store_->Stop();
  feed->Stop();

  EXPECT_EQ(StartedIn(*feed), 0);
}

}  // namespace
}  // namespace stegvis::outcome
