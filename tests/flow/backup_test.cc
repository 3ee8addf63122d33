// Backups of a server that runs, and what is found out about each that is not
// what it says.
#include "services/offline/backup.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/offline/backup_examination.h"
#include "storage/backup/backup_format.h"
#include "storage/backup/backup_reader.h"
#include "storage/backup/backup_root.h"
#include "storage/backup/backup_writer.h"
#include "storage/store/open.h"
#include "tests/flow/server_fixture.h"
#include "tests/support/status_matchers.h"

namespace stegvis::testing {
namespace {

namespace fs = std::filesystem;

using offline::BackupFinding;
using offline::BackupProblem;
using offline::BackupStep;
using storage::v1::BackupManifest;
using storage::v1::BackupPart;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::Status GoOn(BackupStep, int64_t, int64_t) { return absl::OkStatus(); }

std::vector<fs::path> FilesIn(const fs::path& folder) {
  return {fs::directory_iterator(folder), fs::directory_iterator()};
}

class BackupTest : public ServerTest {
 protected:
  BackupTest() : temporary_(root_ / "tmp") {
    fs::create_directory(temporary_);
    setenv("TMPDIR", temporary_.c_str(), /*replace=*/1);
  }
  ~BackupTest() override { unsetenv("TMPDIR"); }

  void SetUp() override {
    ServerTest::SetUp();
    const v1::Forbund forbund = MakeForbund();
    insats_ = MakeInsats(forbund.name(), "Prov").name();
    Grant("samordnare", v1::ROLE_SAMORDNARE, insats_);
    Register(0);
  }

  // Registers an invented person, by number.
  void Register(int index) {
    v1::RegisterParticipationRequest request;
    request.set_parent(insats_);
    *request.mutable_registration() =
        ARegistration(APersonNumber(index), "2025-03-01");
    request.set_request_id(NewRequestId());
    v1::Participation made;
    const grpc::Status status = Call(
        *As("samordnare").participation,
        &v1::ParticipationService::Stub::RegisterParticipation, request, made);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  // A backup in a folder of that name.
  std::string Fetch(const std::string& name) {
    fs::create_directory(root_ / name);
    std::ofstream file(root_ / name / storage::kBackupFile, std::ios::binary);
    const Stubs stubs = As("admin");
    grpc::ClientContext context;
    const auto stream = stubs.admin->Backup(&context, v1::BackupRequest());
    v1::BackupResponse piece;
    while (stream->Read(&piece)) file << piece.data();
    EXPECT_TRUE(stream->Finish().ok());
    return (root_ / name).string();
  }

  std::string KeySource() const { return (Node() / "key-source").string(); }
  std::string Erasures() const {
    return (Node() / "data/erasures.log").string();
  }

  absl::StatusOr<BackupFinding> Verify(const std::string& folder) const {
    return offline::VerifyBackup(folder, KeySource(), SystemClock(), GoOn);
  }
  absl::StatusOr<BackupFinding> Restore(
      const std::string& folder, const fs::path& target,
      const offline::BackupProgress& progress = GoOn) const {
    return offline::RestoreBackup(
        {folder, target.string(), KeySource(), Erasures()}, SystemClock(),
        progress);
  }

  // What lies in the backup; the manifest is last.
  std::vector<BackupPart> Parts(const std::string& folder) const {
    std::vector<BackupPart> parts;
    auto reader = storage::BackupReader::Open(
        absl::StrCat(folder, "/", storage::kBackupFile), KeySource());
    EXPECT_THAT(reader, IsOk());
    while (parts.empty() || !parts.back().has_manifest()) {
      parts.push_back(reader->Next().value());
    }
    return parts;
  }

  // Such a backup with other parts, made by somebody with the key source.
  std::string Forge(const std::vector<BackupPart>& parts) {
    const fs::path folder = root_ / absl::StrCat("forged", ++forged_);
    fs::create_directory(folder);
    std::ofstream file(folder / storage::kBackupFile, std::ios::binary);
    auto root = storage::NewestRoot(KeySource());
    auto writer = storage::BackupWriter::Begin(**root, [&](std::string piece) {
      file << piece;
      return absl::OkStatus();
    });
    for (const BackupPart& part : parts) {
      EXPECT_THAT(part.has_manifest()
                      ? writer->Finish(part.manifest())
                      : writer->AddPiece(part.name(), part.data()),
                  IsOk());
    }
    return folder.string();
  }

  // What is found when the manifest is another one.
  BackupProblem ProblemAfter(
      const std::string& folder,
      const std::function<void(BackupManifest&)>& change) {
    std::vector<BackupPart> parts = Parts(folder);
    change(*parts.back().mutable_manifest());
    const auto finding = Verify(Forge(parts));
    EXPECT_THAT(finding, IsOk());
    EXPECT_TRUE(finding->problem.has_value()) << "it was found to be good";
    return finding->problem.value_or(BackupProblem{});
  }

  std::string insats_;
  const fs::path temporary_;
  int forged_ = 0;
};

TEST_F(BackupTest, IsGoodWhileOthersWrite) {
  std::atomic<bool> enough = false;
  std::thread writing([&] {
    for (int i = 1; i < 1'000 && !enough; ++i) Register(i);
  });
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) made.push_back(Fetch(absl::StrCat("kopia", i)));
  enough = true;
  writing.join();

  int64_t before = 0;
  for (const std::string& folder : made) {
    const auto finding = Verify(folder);

    ASSERT_THAT(finding, IsOk());
    EXPECT_FALSE(finding->problem.has_value()) << folder;
    EXPECT_GE(finding->participations, std::max<int64_t>(before, 1));
    before = finding->participations;
  }
  EXPECT_THAT(FilesIn(temporary_), IsEmpty());
}

TEST_F(BackupTest, OfAnInstallationWithoutForbundIsGood) {
  ASSERT_EQ(Stop(), 0);
  fs::rename(Node(), root_ / "first");
  ASSERT_EQ(
      RunServerProgram({"--offline", "init", Node().string(), "--port", "0"}),
      0)
      << Said();
  Start();
  const std::string folder = Fetch("kopia");

  const auto finding = Verify(folder);

  ASSERT_THAT(finding, IsOk());
  EXPECT_FALSE(finding->problem.has_value());
  EXPECT_EQ(finding->participations, 0);
}

TEST_F(BackupTest, IsHeldAgainstWhatItSaysOfItself) {
  const std::string folder = Fetch("kopia");

  const BackupProblem report = ProblemAfter(folder, [](BackupManifest& m) {
    ASSERT_TRUE(m.has_report());
    m.mutable_report()->mutable_sha256()->front() ^= 1;
  });
  EXPECT_EQ(report.kind, BackupProblem::Kind::kReport);
  EXPECT_GT(report.count, 2020);

  const BackupProblem end = ProblemAfter(folder, [](BackupManifest& m) {
    ASSERT_EQ(m.audit_heads_size(), 2);
    m.mutable_audit_heads(1)->mutable_root()->front() ^= 1;
  });
  EXPECT_EQ(end.kind, BackupProblem::Kind::kAuditLog);
  const BackupProblem longer = ProblemAfter(folder, [](BackupManifest& m) {
    m.mutable_audit_heads(0)->set_size(m.audit_heads(0).size() + 1);
  });
  EXPECT_EQ(longer.kind, BackupProblem::Kind::kAuditLog);
  EXPECT_EQ(longer.where, "forbund/-");

  for (const auto& change : std::vector<std::function<void(BackupManifest&)>>{
           [](BackupManifest& m) { m.mutable_audit_heads()->RemoveLast(); },
           [](BackupManifest& m) { m.clear_report(); },
           [](BackupManifest& m) {
             m.set_feed_position(m.feed_position() + 1);
           }}) {
    EXPECT_EQ(ProblemAfter(folder, change).kind, BackupProblem::Kind::kLost);
  }
}

// Of a program that writes the text of the report in another way.
TEST_F(BackupTest, OfALaterDefinitionIsLeftToLaterPrograms) {
  std::vector<BackupPart> parts = Parts(Fetch("kopia"));
  parts.back().mutable_manifest()->mutable_report()->set_definition(99);

  EXPECT_THAT(Verify(Forge(parts)), HasReason("SCHEMA_TOO_NEW"));
}

TEST_F(BackupTest, WritesNothingOutsideItsFolder) {
  const std::vector<BackupPart> parts = Parts(Fetch("kopia"));
  ASSERT_THAT(parts, SizeIs(::testing::Gt(10)));
  for (const char* name : {"../outside", "/tmp/outside", "tls/../../outside"}) {
    std::vector<BackupPart> changed = parts;
    changed[2].set_name(name);
    EXPECT_THAT(Restore(Forge(changed), root_ / "new"),
                HasFault("chunk 3", "BACKUP_DAMAGED"));
    EXPECT_FALSE(fs::exists(root_ / "outside"));
    EXPECT_FALSE(fs::exists(root_ / "new"));
  }
}

TEST_F(BackupTest, WithAnotherListOfErasuresIsNone) {
  std::vector<BackupPart> parts = Parts(Fetch("kopia"));
  parts.back().mutable_manifest()->set_erasures(1);

  EXPECT_THAT(Verify(Forge(parts)), HasReason("BACKUP_DAMAGED"));
}

TEST_F(BackupTest, WithoutAFileOrWithOneTwiceIsNone) {
  const std::vector<BackupPart> parts = Parts(Fetch("kopia"));
  for (const char* name :
       {"stegvis.toml", "data/stegvis.db", "data/erasures.log"}) {
    std::vector<BackupPart> changed;
    for (const BackupPart& part : parts) {
      if (part.name() != name) changed.push_back(part);
    }
    EXPECT_THAT(Verify(Forge(changed)), HasReason("BACKUP_DAMAGED")) << name;
  }
  std::vector<BackupPart> twice = parts;
  twice.insert(twice.end() - 1, parts[1]);
  EXPECT_THAT(Restore(Forge(twice), root_ / "new"),
              HasReason("BACKUP_DAMAGED"));
  EXPECT_FALSE(fs::exists(root_ / "new"));
}

// As a signal does, whenever it comes.
TEST_F(BackupTest, ThatIsLeftHalfWayLeavesNothing) {
  const std::string folder = Fetch("kopia");
  int steps = 0;
  ASSERT_THAT(Restore(folder, root_ / "whole",
                      [&steps](BackupStep, int64_t, int64_t) {
                        ++steps;
                        return absl::OkStatus();
                      }),
              IsOk());
  EXPECT_TRUE(fs::exists(root_ / "whole/stegvis.toml"));
  for (int last = 0; last < steps; ++last) {
    int step = 0;
    const auto stop = [&step, last](BackupStep, int64_t, int64_t) {
      return step++ == last ? errors::Cancelled() : absl::OkStatus();
    };
    EXPECT_THAT(Restore(folder, root_ / "new", stop), HasReason("CANCELLED"));
    EXPECT_FALSE(fs::exists(root_ / "new")) << last;
    step = 0;
    // Fewer files are taken out to try it.
    if (offline::VerifyBackup(folder, KeySource(), SystemClock(), stop).ok()) {
      EXPECT_LE(step, last);
    }
    EXPECT_THAT(FilesIn(temporary_), IsEmpty()) << last;
  }
}

// Another installation's data folder must not be what a killed restore leaves.
TEST_F(BackupTest, IsNoInstallationBeforeTheLastFile) {
  const std::string folder = Fetch("kopia");

  ASSERT_THAT(Restore(folder, root_ / "new",
                      [this](BackupStep, int64_t, int64_t) {
                        EXPECT_FALSE(fs::exists(root_ / "new/stegvis.toml"));
                        EXPECT_FALSE(fs::exists(root_ / "new/key-source"));
                        return absl::OkStatus();
                      }),
              IsOk());

  EXPECT_TRUE(fs::exists(root_ / "new/stegvis.toml"));
}

// They cannot differ in any way that is known; so it is the test that says that
// they were others.
TEST_F(BackupTest, IsHeldAgainstTheTotalsFromBeforeTheErasures) {
  const std::string folder = Fetch("kopia");
  const BackupManifest manifest = Parts(folder).back().manifest();
  ASSERT_EQ(Stop(), 0);
  const SystemClock clock;
  storage::StoreOptions options;
  options.data_directory = (Node() / "data").string();
  options.key_source = KeySource();
  const auto store = storage::OpenStore(options, clock);
  ASSERT_THAT(store, IsOk());
  absl::StatusOr<offline::Examined> before =
      offline::ExamineRestored(**store, manifest);
  ASSERT_THAT(before, IsOk());
  ASSERT_FALSE(before->problem.has_value());
  before->erasures = -1;  // As if somebody had been erased since.
  const auto same = offline::ExamineErasedAgain(**store, manifest, *before);
  ASSERT_THAT(same, IsOk());
  EXPECT_FALSE(same->problem.has_value());
  for (offline::RegisteredYear& year : before->registered) {
    if (year.year == 2025) year.totals += "more";
  }

  const auto other = offline::ExamineErasedAgain(**store, manifest, *before);

  ASSERT_THAT(other, IsOk());
  ASSERT_TRUE(other->problem.has_value());
  EXPECT_EQ(other->problem->kind, BackupProblem::Kind::kTotals);
  EXPECT_EQ(other->problem->count, 2025);
  (*store)->Stop();
}

TEST_F(BackupTest, NotesItsRestoreInTheLog) {
  const std::string folder = Fetch("kopia");
  ASSERT_EQ(Stop(), 0);
  ASSERT_THAT(Restore(folder, root_ / "new"), IsOk());
  fs::rename(Node(), root_ / "old");
  fs::rename(root_ / "new", Node());

  const std::vector<storage::AuditEntry> log = AuditLog(std::nullopt);

  ASSERT_FALSE(log.empty());
  EXPECT_EQ(log.back().method, "Restore");
  EXPECT_EQ(log[log.size() - 2].method, "Backup");
  EXPECT_EQ(log[log.size() - 2].user, "admin");
}

}  // namespace
}  // namespace stegvis::testing
