#include "tests/fault/inventory.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/store/record.h"
#include "tests/contract/sqlite_file.h"
#include "tests/fault/workload.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::AsOf;
using storage::ChangeKind;
using storage::FeedPosition;
using storage::ReadTransaction;
using storage::Store;
using storage::Versioned;
using testing::IsOk;

// More than the workload has of anything.
constexpr int kAll = 10'000;

// Writes the lines of a store, and remembers where each version stands in the
// feed.
class Reader {
 public:
  explicit Reader(ReadTransaction& tx) : tx_(tx) {}

  absl::Status ReadAll() {
    ASSIGN_OR_RETURN(const auto forbund, tx_.ListForbund());
    for (const auto& each : forbund) {
      for (int64_t i = 1; i <= each.version; ++i) {
        ASSIGN_OR_RETURN(const auto version,
                         tx_.GetForbundVersion(each.value.id, i));
        Add(ChangeKind::kForbund, each.value.id.Text(), version);
      }
      RETURN_IF_ERROR(ReadForbund(each.value.id));
    }
    ASSIGN_OR_RETURN(const auto grants, tx_.ListGrants());
    for (const auto& grant : grants) {
      // A removal has no line of its own, but takes that of its grant away.
      lines_.insert(absl::StrCat("grant ", grant.value.user, " ",
                                 static_cast<int>(grant.value.role)));
    }
    RETURN_IF_ERROR(ReadLog(std::nullopt));
    return ReadRequests();
  }

  Inventory&& Lines() && { return std::move(lines_); }
  const std::map<int64_t, ChangeKind>& Positions() const { return positions_; }

 private:
  template <typename T>
  void Add(ChangeKind kind, const std::string& id,
           const Versioned<T>& version) {
    AddLine(kind, id, version.version, version.position,
            storage::Encode(version.value));
  }
  void AddLine(ChangeKind kind, const std::string& id, int64_t version,
               FeedPosition position, const std::string& text) {
    lines_.insert(absl::StrCat(static_cast<int>(kind), " ", id, " ", version,
                               " ", absl::CHexEscape(text)));
    EXPECT_TRUE(positions_.emplace(position.value, kind).second)
        << "two versions at " << position.value;
  }

  absl::Status ReadForbund(ForbundId id) {
    ASSIGN_OR_RETURN(const auto questions, tx_.ListQuestions(id));
    for (const auto& question : questions) {
      Add(ChangeKind::kQuestion, question.value.id.Text(), question);
    }
    ASSIGN_OR_RETURN(const auto insatser, tx_.ListInsatsVersions(id));
    for (const auto& insats : insatser) {
      Add(ChangeKind::kInsats, absl::StrCat(id.Text(), insats.value.id.Text()),
          insats);
    }
    ASSIGN_OR_RETURN(const auto counts, tx_.ListCountVersions(id));
    for (const auto& count : counts) {
      Add(ChangeKind::kCount, count.value.insats.Text(), count);
    }
    RETURN_IF_ERROR(ReadSealedReports(id));
    RETURN_IF_ERROR(ReadPeople(id));
    return ReadLog(id);
  }

  absl::Status ReadSealedReports(ForbundId id) {
    ASSIGN_OR_RETURN(const auto sealed,
                     tx_.ListSealedReports(id, storage::SealedKind::kReport));
    for (const storage::SealedReportKey& key : sealed) {
      ASSIGN_OR_RETURN(const auto report,
                       tx_.GetSealedReport(id, storage::SealedKind::kReport,
                                           key.year, key.revision));
      lines_.insert(absl::StrCat("report ", id.Text(), " ", key.year, " ",
                                 key.revision, " ", report.payload));
    }
    return absl::OkStatus();
  }

  absl::Status ReadPeople(ForbundId id) {
    std::map<ParticipationKey, domain::PersonNumber> newest;
    bool readable = true;
    RETURN_IF_ERROR(tx_.ScanParticipations(id, [&](const auto& scanned) {
      if (scanned.participation == nullptr) {
        readable = false;
        return absl::OkStatus();
      }
      AddLine(ChangeKind::kParticipation, scanned.key.participation.Text(),
              scanned.version, scanned.position,
              storage::Encode(*scanned.participation));
      newest.insert_or_assign(scanned.key, scanned.participation->number);
      return absl::OkStatus();
    }));
    if (!readable) return errors::RecordUnreadable();
    for (const auto& [key, number] : newest) {
      RETURN_IF_ERROR(FindAgain(key, number));
    }
    return absl::OkStatus();
  }

  // By the list of the insats, and by the person's number.
  absl::Status FindAgain(const ParticipationKey& key,
                         const domain::PersonNumber& number) {
    ASSIGN_OR_RETURN(
        const auto listed,
        tx_.ListParticipations({key.forbund, key.insats}, std::nullopt, kAll));
    ASSIGN_OR_RETURN(const auto found,
                     tx_.FindByNumber(key.forbund, std::nullopt, number));
    for (const auto& list : {listed, found}) {
      const auto is_it = [&](const storage::ListedParticipation& each) {
        return each.key == key && each.participation.ok();
      };
      const auto times = std::count_if(list.begin(), list.end(), is_it);
      const bool hidden = std::any_of(
          list.begin(), list.end(),
          [](const auto& each) { return !each.participation.ok(); });
      if (hidden) return errors::RecordUnreadable();
      EXPECT_EQ(times, 1) << "in the index: " << key.participation.Text();
    }
    return absl::OkStatus();
  }

  absl::Status ReadLog(std::optional<ForbundId> forbund) {
    ASSIGN_OR_RETURN(const auto entries, tx_.ListAudit(forbund, 0, kAll));
    std::vector<audit::Hash> leaves;
    for (const storage::RecordedAuditEntry& entry : entries) {
      RETURN_IF_ERROR(entry.entry.status());
      // The store's own doing is no deed.
      if (entry.entry->user != "stegvisd") {
        lines_.insert(absl::StrCat("audit ", forbund ? forbund->Text() : "",
                                   " ", entry.entry->resource));
      }
      leaves.push_back(entry.leaf);
      EXPECT_EQ(entry.sequence, static_cast<int64_t>(leaves.size()));
      EXPECT_EQ(entry.recorded, entry.leaf) << "entry " << entry.sequence;
    }
    ASSIGN_OR_RETURN(const storage::AuditHead head, tx_.SignAuditHead(forbund));
    EXPECT_EQ(head.tree, (audit::TreeHead{leaves.size(), audit::Root(leaves)}));
    return absl::OkStatus();
  }

  absl::Status ReadRequests() {
    for (const Deed& deed : AllDeeds()) {
      ASSIGN_OR_RETURN(const auto memory,
                       tx_.FindRequest(RequestOf(deed.name)));
      if (!memory.has_value()) continue;
      lines_.insert(absl::StrCat("request ", memory->resource));
    }
    return absl::OkStatus();
  }

  ReadTransaction& tx_;
  Inventory lines_;
  std::map<int64_t, ChangeKind> positions_;
};

// Every change has its version, and every version its change.
void ExpectGapless(ReadTransaction& tx, FeedPosition tail,
                   const std::map<int64_t, ChangeKind>& positions) {
  const auto changes = tx.ReadChanges(FeedPosition{0}, kAll);
  ASSERT_THAT(changes, IsOk());
  size_t versions = 0;
  int64_t next = 1;
  for (const storage::Change& change : *changes) {
    EXPECT_EQ(change.position.value, next++);
    // Of grants the store tells the newest alone.
    if (change.kind == ChangeKind::kGrant) continue;
    ++versions;
    const auto found = positions.find(change.position.value);
    ASSERT_NE(found, positions.end()) << change.position.value;
    EXPECT_EQ(found->second, change.kind);
  }
  EXPECT_EQ(versions, positions.size()) << "a version without its change";
  EXPECT_EQ(tail.value, next - 1);
}

// What each deed adds and takes away, as a store without faults shows it.
struct Effect {
  Inventory added;
  Inventory removed;
};

Inventory Minus(const Inventory& from, const Inventory& what) {
  Inventory rest;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(),
                      std::inserter(rest, rest.end()));
  return rest;
}

std::map<std::string, Effect> LearnEffects() {
  const ManualClock clock(absl::FromUnixSeconds(1'800'000'000));
  contract::SqliteFile file{::testing::TempDir()};
  const auto store = file.Open(clock).value();
  std::map<std::string, Effect> effects;
  Inventory before = TakeInventory(*store).value();
  for (const Deed& deed : AllDeeds()) {
    EXPECT_EQ(DoAlone(*store, deed).ok(), !deed.regrets) << deed.name;
    const Inventory after = TakeInventory(*store).value();
    effects[deed.name] = {Minus(after, before), Minus(before, after)};
    EXPECT_EQ(effects[deed.name].added.empty(), deed.regrets) << deed.name;
    before = after;
  }
  return effects;
}

const std::map<std::string, Effect>& Effects() {
  static const auto& effects =
      *new std::map<std::string, Effect>(LearnEffects());
  return effects;
}

Inventory AfterAll(const std::set<std::string>& done) {
  Inventory added;
  Inventory removed;
  for (const std::string& deed : done) {
    const Effect& effect = Effects().at(deed);
    added.insert(effect.added.begin(), effect.added.end());
    removed.insert(effect.removed.begin(), effect.removed.end());
  }
  return Minus(added, removed);
}

}  // namespace

absl::StatusOr<Inventory> TakeInventory(Store& store) {
  absl::StatusOr<Inventory> inventory = absl::UnknownError("not read");
  const absl::Status status = store.Read(AsOf::Now(), [&](ReadTransaction& tx) {
    Reader reader(tx);
    const absl::Status read = reader.ReadAll();
    if (read.ok()) inventory = std::move(reader).Lines();
    return read;
  });
  if (!status.ok()) return status;
  return inventory;
}

void LearnWhatDeedsDo() { Effects(); }

void ExpectIs(const Inventory& inventory, const std::set<std::string>& done) {
  const Inventory expected = AfterAll(done);
  EXPECT_EQ(absl::StrJoin(Minus(expected, inventory), "\n"), "")
      << "is missing";
  EXPECT_EQ(absl::StrJoin(Minus(inventory, expected), "\n"), "")
      << "was not done";
}

void ExpectHolds(Store& store, const std::set<std::string>& done,
                 const std::set<std::string>& unsure) {
  EXPECT_THAT(
      store.Read(AsOf::Now(),
                 [&](ReadTransaction& tx) -> absl::Status {
                   Reader reader(tx);
                   RETURN_IF_ERROR(reader.ReadAll());
                   ExpectGapless(tx, store.Tail(), reader.Positions());
                   const Inventory lines = std::move(reader).Lines();
                   std::set<std::string> held = done;
                   for (const std::string& deed : unsure) {
                     const Inventory& added = Effects().at(deed).added;
                     if (!added.empty() && Minus(added, lines).empty()) {
                       held.insert(deed);
                     }
                   }
                   ExpectIs(lines, held);
                   return absl::OkStatus();
                 }),
      IsOk());
}

}  // namespace stegvis::fault
