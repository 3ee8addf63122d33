#include "tests/fault/served.h"

#include <functional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/outcome/fact_feed.h"
#include "services/outcome/test_world.h"
#include "storage/store/record.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::AsOf;
using storage::FeedPosition;
using storage::ReadTransaction;
using storage::Versioned;

constexpr int kAll = 10'000;

class Reader {
 public:
  Reader(ReadTransaction& tx, Served& served) : tx_(tx), served_(served) {}

  void ReadAll() {
    std::vector<ForbundId> ids;
    Each("forbund", tx_.ListForbund(), [&](const auto& forbund) {
      ids.push_back(forbund.value.id);
      Add("forbund", forbund);
    });
    for (const ForbundId id : ids) ReadForbund(id);
    Each("grants", tx_.ListGrants(), [&](const auto& grant) {
      served_.lines.insert(absl::StrCat("grant ", grant.value.user));
    });
    for (const char* user : {"user1", "user2"}) {
      Each("grants", tx_.GrantsOf(user), [&](const domain::Grant& grant) {
        served_.lines.insert(absl::StrCat("grant ", grant.user));
      });
    }
    ReadLog(std::nullopt);
    // What it says is not sealed, so only that it can be read.
    Each("changes", tx_.ReadChanges(FeedPosition{0}, kAll),
         [](const storage::Change&) {});
  }

 private:
  template <typename List, typename Visit>
  void Each(const char* what, const List& list, const Visit& visit) {
    if (!list.ok()) return Name(what, list.status());
    for (const auto& each : *list) visit(each);
  }

  void Name(const std::string& what, const absl::Status& status) {
    EXPECT_NE(ReasonOf(status), "") << what << ": " << status;
    EXPECT_NE(ReasonOf(status), "BUG") << what << ": " << status;
    served_.named.insert(what);
  }

  template <typename T>
  void Add(const std::string& what, const Versioned<T>& version) {
    AddLine(what, version.version, version.position,
            storage::Encode(version.value));
  }
  void AddLine(const std::string& what, int64_t version, FeedPosition position,
               const std::string& text) {
    served_.lines.insert(absl::StrCat(what, " ", version, " ", position.value,
                                      " ", absl::CHexEscape(text)));
  }
  void Add(const storage::ListedParticipation& listed) {
    if (!listed.participation.ok()) {
      return Name(listed.key.participation.Text(),
                  listed.participation.status());
    }
    Add(listed.key.participation.Text(), *listed.participation);
  }

  void ReadForbund(ForbundId id) {
    const auto add = [&](const char* what) {
      return [this, what](const auto& version) { Add(what, version); };
    };
    Each("insatser", tx_.ListInsatser(id), add("insats"));
    Each("insatser", tx_.ListInsatsVersions(id), add("insats"));
    Each("counts", tx_.ListCountVersions(id), add("count"));
    ReadVersions(id);
    for (uint8_t i = 1; i <= 3; ++i) {
      ReadInsats({id, stegvis::testing::TestId<InsatsId>(i)});
    }
    ReadLog(id);
  }

  void ReadVersions(ForbundId id) {
    const absl::Status status =
        tx_.ScanParticipations(id, [&](const auto& scanned) {
          if (scanned.participation == nullptr) {
            served_.named.insert(scanned.key.participation.Text());
          } else {
            AddLine(scanned.key.participation.Text(), scanned.version,
                    scanned.position, storage::Encode(*scanned.participation));
          }
          return absl::OkStatus();
        });
    if (!status.ok()) Name("scan", status);
  }

  void ReadInsats(const InsatsKey& key) {
    Each("list", tx_.ListParticipations(key, std::nullopt, kAll),
         [&](const storage::ListedParticipation& listed) {
           Add(listed);
           if (!listed.participation.ok()) return;
           const auto& number = listed.participation->value.number;
           Each("find", tx_.FindByNumber(key.forbund, std::nullopt, number),
                [&](const auto& found) { Add(found); });
         });
  }

  void ReadLog(std::optional<ForbundId> forbund) {
    Each("log", tx_.ListAudit(forbund, 0, kAll),
         [&](const storage::RecordedAuditEntry& entry) {
           if (!entry.entry.ok()) return Name("entry", entry.entry.status());
           served_.lines.insert(absl::StrCat("entry ", entry.sequence, " ",
                                             entry.entry->resource));
         });
  }

  ReadTransaction& tx_;
  Served& served_;
};

outcome::ReportRequest Everything() {
  outcome::ReportRequest request = outcome::YearRequest(2020);
  request.forbund = {stegvis::testing::TestId<ForbundId>(1),
                     stegvis::testing::TestId<ForbundId>(2)};
  for (int i = 0; i < outcome::kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<outcome::Dimension>(i));
  }
  return request;
}

void ReadReport(storage::Store& store, Served& served) {
  const auto feed = outcome::FactFeed::Start(store);
  if (!feed.ok()) {
    EXPECT_NE(ReasonOf(feed.status()), "") << feed.status();
    return;
  }
  const auto report = (*feed)->Report(Everything());
  if (!report.ok()) return;
  // So that the feed, which waits for changes, ends at once.
  store.Stop();
  served.report = outcome::TextOf(*report);
  served.unreadable = report->whole.participants.unreadable;
}

}  // namespace

Served Serve(storage::Store& store) {
  Served served;
  const absl::Status read =
      store.Read(AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        Reader(tx, served).ReadAll();
        return absl::OkStatus();
      });
  if (!read.ok()) served.named.insert("everything");
  ReadReport(store, served);
  return served;
}

}  // namespace stegvis::fault
