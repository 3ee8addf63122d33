// One bit of the database file is flipped, anywhere: the file is refused, or
// every version that is served is one that was written, and every figure is
// right, or what it lacks is named as unreadable. Nothing crashes.
//
// Not held against the file is what storage/README.md says is not noticed: a
// list that a damaged index no longer leads all through.
//
// Positions are drawn by a seed, as many of each page; STEGVIS_FAULTS=N in the
// environment tries N times as many, STEGVIS_FLIP=BIT one alone.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/outcome/fact_feed.h"
#include "services/outcome/test_world.h"
#include "storage/sqlite/sqlite_connection.h"
#include "tests/contract/sqlite_file.h"
#include "tests/fault/rounds.h"
#include "tests/fault/served.h"
#include "tests/fault/unreliable_disk.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::Store;
using testing::IsOk;
using testing::On;
using testing::TestId;

constexpr size_t kPageBytes = 4096;
constexpr size_t kHeaderBytes = 64;  // Of a page: its header, and first cells.
constexpr int kFlipsOfAHeader = 4;
constexpr int kFlipsOfAPage = 6;
constexpr uint8_t kPeople = 120;

// The file with one bit flipped.
std::string Flipped(std::string bytes, size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  return bytes;
}

class FlippedBit : public ::testing::Test {
 protected:
  FlippedBit() {
    MakeInstallation();
    std::ifstream file(file_.DatabaseFile(), std::ios::binary);
    whole_.assign(std::istreambuf_iterator<char>(file), {});
    const auto store = file_.Open(clock_);
    EXPECT_THAT(store, IsOk());
    original_ = Serve(**store);
    EXPECT_TRUE(original_.named.empty());
    EXPECT_GT(original_.lines.size(), 2U * kPeople);
  }

  void MakeInstallation();

  // What becomes of it; empty when that is right.
  std::string Fault(size_t bit) {
    Write(Flipped(whole_, bit));
    const auto store = file_.Open(clock_);
    if (!store.ok()) return FaultOfRefusal(store.status());
    return FaultOf(Serve(**store));
  }

  void Write(const std::string& bytes) {
    for (const char* end : {"-wal", "-shm"}) {
      std::filesystem::remove(absl::StrCat(file_.DatabaseFile(), end));
    }
    std::ofstream(file_.DatabaseFile(), std::ios::binary | std::ios::trunc)
        << bytes;
  }

  std::string FaultOfRefusal(const absl::Status& status) {
    return ReasonOf(status).empty()
               ? absl::StrCat("refused without reason: ", status.ToString())
               : "";
  }

  std::string FaultOf(const Served& served) {
    std::vector<std::string> faults;
    for (const std::string& line : served.lines) {
      if (original_.lines.count(line) == 0) faults.push_back("served: " + line);
    }
    if (served.report.has_value() && served.unreadable == 0 &&
        served.report != original_.report) {
      faults.push_back("a wrong report");
    }
    return absl::StrJoin(faults, "\n");
  }

  UnreliableDisk disk_;
  ManualClock clock_{outcome::NoonOf("2021-06-01")};
  contract::SqliteFile file_{::testing::TempDir()};
  std::string whole_;
  Served original_;
};

domain::Participation PersonOf(uint8_t number, bool ended) {
  testing::ARegistration registration;
  registration
      .Of(number % 2 == 0 ? outcome::Woman(number) : outcome::Man(number))
      .Entering(On("2020-01-01").PlusDays(number));
  if (ended) registration.Exiting(On("2020-08-01").PlusDays(number));
  return testing::AParticipation()
      .WithId(TestId<ParticipationId>(number))
      .In(TestId<InsatsId>(static_cast<uint8_t>(1 + number % 3)))
      .As(registration)
      .Build();
}

absl::Status PutSurroundings(storage::WriteTransaction& tx, uint8_t number) {
  const auto forbund = TestId<ForbundId>(number);
  EXPECT_THAT(
      tx.PutForbund(testing::AForbund()
                        .WithId(forbund)
                        .Named(absl::StrCat("Förbund ", number))
                        .Numbered(testing::ValidOrganizationNumber(number))
                        .Build()),
      IsOk());
  for (uint8_t i = 1; i <= 3; ++i) {
    EXPECT_THAT(tx.PutInsats(forbund, testing::AnInsats()
                                          .WithId(TestId<InsatsId>(i))
                                          .Titled(absl::StrCat("Insats ", i))
                                          .Build()),
                IsOk());
    EXPECT_THAT(tx.PutCount(forbund,
                            {TestId<InsatsId>(i), domain::CountKind::kAnonymous,
                             2020, 2 + i, i, 2, false},
                            std::nullopt),
                IsOk());
  }
  return tx
      .PutGrant({absl::StrCat("user", number),
                 domain::Role::kAnalyst,
                 {forbund, std::nullopt}})
      .status();
}

absl::Status PutPerson(storage::WriteTransaction& tx, uint8_t number,
                       bool ended) {
  const auto forbund = TestId<ForbundId>(static_cast<uint8_t>(1 + number % 2));
  EXPECT_THAT(
      tx.PutParticipation(forbund, PersonOf(number, ended), std::nullopt),
      IsOk());
  storage::RequestKey key{"anna", ended ? "End" : "Register", {number}};
  EXPECT_THAT(tx.RememberRequest(key, {"digest", "name", 1}), IsOk());
  return tx.AppendAudit({forbund, "anna", "Do", "name", "", false});
}

void FlippedBit::MakeInstallation() {
  const auto store = file_.Open(clock_);
  ASSERT_THAT(store, IsOk());
  EXPECT_THAT((*store)->WriteAndWait([](storage::WriteTransaction& tx) {
    EXPECT_THAT(PutSurroundings(tx, 1), IsOk());
    return PutSurroundings(tx, 2);
  }),
              IsOk());
  for (const bool ended : {false, true}) {
    for (uint8_t i = 1; i <= kPeople; ++i) {
      if (ended && i % 3 == 0) continue;
      EXPECT_THAT((*store)->WriteAndWait([&](storage::WriteTransaction& tx) {
        return PutPerson(tx, i, ended);
      }),
                  IsOk());
    }
  }
}

// For a page some bits of its header and some of all of it, for each round.
std::vector<size_t> DrawBits(size_t file_bytes, int rounds) {
  std::mt19937 random(20260101);
  std::vector<size_t> bits;
  for (size_t page = 0; page < file_bytes; page += kPageBytes) {
    const auto draw = [&](int count, size_t bytes) {
      for (int i = 0; i < count * rounds; ++i) {
        bits.push_back(8 * page + random() % (8 * bytes));
      }
    };
    draw(kFlipsOfAHeader, kHeaderBytes);
    draw(kFlipsOfAPage, kPageBytes);
  }
  return bits;
}

TEST_F(FlippedBit, AnywhereInTheFileServesNothingWrong) {
  std::vector<size_t> bits = DrawBits(whole_.size(), Rounds());
  const char* const only = std::getenv("STEGVIS_FLIP");
  if (only != nullptr) bits = {static_cast<size_t>(std::atoll(only))};
  for (const size_t bit : bits) {
    // Where it crashes, the last of these lines says which bit did it.
    std::fprintf(stderr, "bit %zu\n", bit);
    EXPECT_EQ(Fault(bit), "")
        << "bit " << bit << ", page " << bit / 8 / kPageBytes + 1 << ", byte "
        << bit / 8 % kPageBytes << " of it, of kind "
        << static_cast<int>(whole_[bit / 8 / kPageBytes * kPageBytes]);
  }
}

}  // namespace
}  // namespace stegvis::fault
