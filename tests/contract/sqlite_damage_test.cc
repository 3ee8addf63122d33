// A damaged file: what is still told is true, the rest is refused, and nothing
// crashes.
#include <fstream>
#include <map>
#include <random>

#include "tests/contract/sqlite_file.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

constexpr int kParticipations = 200;
constexpr int kRounds = 60;
constexpr size_t kPageBytes = 4096;

ParticipationId IdOf(int number) {
  IdBytes bytes = {};
  bytes[14] = static_cast<uint8_t>(number >> 8);
  bytes[15] = static_cast<uint8_t>(number);
  return ParticipationId::FromBytes(bytes);
}

MATCHER(IsHonest, "is what a caller may be told of a damaged file") {
  const absl::Status& status = arg;
  *result_listener << status;
  return status.ok() || absl::IsDataLoss(status) ||
         absl::IsUnavailable(status) || absl::IsNotFound(status) ||
         absl::IsFailedPrecondition(status);
}

class DamagedFile : public ::testing::Test {
 protected:
  DamagedFile() {
    auto store = file_.Open(clock_).value();
    EXPECT_THAT(store->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
      EXPECT_THAT(tx.PutForbund(AForbund().Build()), IsOk());
      EXPECT_THAT(tx.PutInsats(kForbund, AnInsats().Build()), IsOk());
      for (int i = 0; i < kParticipations; ++i) {
        const domain::Participation participation =
            AParticipation()
                .As(ARegistration().Of(
                    ValidNumber(On("1980-01-01").PlusDays(i), 100)))
                .WithId(IdOf(i))
                .Build();
        written_[IdOf(i)] = Text(participation);
        EXPECT_THAT(tx.PutParticipation(kForbund, participation, std::nullopt),
                    IsOk());
      }
      return absl::OkStatus();
    }),
                IsOk());
    store.reset();
    std::ifstream file(file_.DatabaseFile(), std::ios::binary);
    whole_.assign(std::istreambuf_iterator<char>(file), {});
  }

  void Restore(const std::string& bytes) {
    std::ofstream file(file_.DatabaseFile(),
                       std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  // Reads everything in every way; whatever is told must be what was written.
  void ReadAll(Store& store) {
    const absl::Status status = store.Read(AsOf::Now(), [&](ReadTransaction&
                                                                tx) {
      EXPECT_THAT(tx.ListForbund().status(), IsHonest());
      EXPECT_THAT(tx.ListInsatser(kForbund).status(), IsHonest());
      EXPECT_THAT(tx.ReadChanges(FeedPosition{0}, 1000).status(), IsHonest());
      EXPECT_THAT(
          tx.ScanParticipations(kForbund,
                                [&](const storage::ScannedVersion& scanned) {
                                  if (scanned.participation != nullptr) {
                                    Compare(*scanned.participation);
                                  }
                                  return absl::OkStatus();
                                }),
          IsHonest());
      for (int i = 0; i < kParticipations; ++i) {
        const auto found = tx.GetParticipation({kForbund, kInsats, IdOf(i)});
        EXPECT_THAT(found.status(), IsHonest());
        if (found.ok()) Compare(found->value);
      }
      return absl::OkStatus();
    });
    EXPECT_THAT(status, IsHonest());
  }

  void Compare(const domain::Participation& participation) {
    EXPECT_EQ(Text(participation), written_.at(participation.id));
  }

  SystemClock clock_;
  SqliteFile file_{::testing::TempDir()};
  std::map<ParticipationId, std::string> written_;
  std::string whole_;
};

TEST_F(DamagedFile, TellsNothingWrongWhenBytesAreOverwritten) {
  std::mt19937 random(7);
  int opened = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    std::string damaged = whole_;
    for (int i = 0; i < 20; ++i) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    Restore(damaged);

    const auto store = file_.Open(clock_);

    EXPECT_THAT(store.status(), IsHonest());
    if (!store.ok()) continue;
    ++opened;
    ReadAll(**store);
  }
  EXPECT_GT(opened, 0);
}

TEST_F(DamagedFile, TellsNothingWrongWhenPagesAreZeroedOrTheEndIsGone) {
  std::mt19937 random(8);
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    std::string damaged = whole_;
    const size_t page = random() % (damaged.size() / kPageBytes);
    if (round % 2 == 0) {
      damaged.replace(page * kPageBytes, kPageBytes, kPageBytes, '\0');
    } else {
      damaged.resize(page * kPageBytes + random() % kPageBytes);
    }
    Restore(damaged);

    const auto store = file_.Open(clock_);

    EXPECT_THAT(store.status(), IsHonest());
    if (store.ok()) ReadAll(**store);
  }
}

}  // namespace
}  // namespace stegvis::contract
