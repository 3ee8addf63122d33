// A backup's file: what is written comes back, and nothing else ever does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status_macros.h"
#include "storage/backup/backup_format.h"
#include "storage/backup/backup_reader.h"
#include "storage/backup/backup_root.h"
#include "storage/backup/backup_writer.h"
#include "storage/seal/key_source.h"
#include "tests/support/status_matchers.h"

namespace stegvis::storage {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::Pair;

// The header, and each chunk with its length.
using Pieces = std::vector<std::string>;

std::string Joined(const Pieces& pieces) {
  std::string joined;
  for (const std::string& piece : pieces) joined += piece;
  return joined;
}

class BackupFile : public ::testing::Test {
 protected:
  BackupFile() {
    std::string name =
        (std::filesystem::path(::testing::TempDir()) / "backup-XXXXXX")
            .string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    EXPECT_THAT(seal::KeySource::Create(KeySource()), IsOk());
  }
  ~BackupFile() override { std::filesystem::remove_all(folder_); }

  std::string KeySource() const { return (folder_ / "key-source").string(); }
  std::string File() const { return (folder_ / kBackupFile).string(); }

  // A backup with three files, one of which is larger than a chunk.
  Pieces Make() const {
    Pieces pieces;
    auto root = NewestRoot(KeySource());
    EXPECT_THAT(root, IsOk());
    auto writer = BackupWriter::Begin(**root, [&pieces](std::string piece) {
      pieces.push_back(std::move(piece));
      return absl::OkStatus();
    });
    EXPECT_THAT(writer, IsOk());
    EXPECT_THAT(writer->Add("tls/ca.pem", "certificate"), IsOk());
    EXPECT_THAT(writer->Add("data/stegvis.db", large_), IsOk());
    EXPECT_THAT(writer->Add("data/erasures.log", ""), IsOk());
    v1::BackupManifest manifest;
    manifest.set_feed_position(17);
    EXPECT_THAT(writer->Finish(manifest), IsOk());
    return pieces;
  }

  void Write(const std::string& bytes) const {
    std::ofstream(File(), std::ios::binary | std::ios::trunc) << bytes;
  }

  // Reads all of the file; what came before an error is forgotten.
  absl::StatusOr<std::map<std::string, std::string>> Read() {
    ASSIGN_OR_RETURN(BackupReader reader,
                     BackupReader::Open(File(), KeySource()));
    std::map<std::string, std::string> files;
    while (true) {
      ASSIGN_OR_RETURN(const v1::BackupPart part, reader.Next());
      if (part.has_manifest()) {
        EXPECT_EQ(part.manifest().feed_position(), 17);
        EXPECT_EQ(reader.Read(), reader.Size());
        return files;
      }
      files[part.name()] += part.data();
    }
  }
  absl::Status ReadAfter(const Pieces& pieces) {
    Write(Joined(pieces));
    return Read().status();
  }

  std::filesystem::path folder_;
  const std::string large_ = std::string(kMostDataBytes + 1'000, 'd');
};

TEST_F(BackupFile, GivesBackWhatWasPutIn) {
  Write(Joined(Make()));

  const auto files = Read();

  ASSERT_THAT(files, IsOk());
  EXPECT_THAT(*files, ElementsAre(Pair("data/erasures.log", ""),
                                  Pair("data/stegvis.db", large_),
                                  Pair("tls/ca.pem", "certificate")));
}

TEST_F(BackupFile, ShowsNothingOfIt) {
  const std::string bytes = Joined(Make());

  EXPECT_EQ(bytes.find("certificate"), std::string::npos);
  EXPECT_EQ(bytes.find("tls/"), std::string::npos);
  EXPECT_EQ(bytes.find("dddd"), std::string::npos);
}

TEST_F(BackupFile, NamesTheChunkThatWasChanged) {
  const Pieces pieces = Make();
  ASSERT_EQ(pieces.size(), 6U);
  for (size_t chunk = 1; chunk < pieces.size(); ++chunk) {
    // The length, the seal's head, the nonce, the text and the tag.
    for (const size_t at : {size_t{3}, size_t{4}, size_t{12}, size_t{100},
                            pieces[chunk].size() - 1}) {
      Pieces changed = pieces;
      changed[chunk][at] = static_cast<char>(changed[chunk][at] ^ 1);
      EXPECT_THAT(ReadAfter(changed),
                  HasFault(absl::StrCat("chunk ", chunk), "BACKUP_DAMAGED"))
          << "at " << at;
    }
  }
}

TEST_F(BackupFile, NamesTheChunkAfterWhichOneWasRemoved) {
  const Pieces pieces = Make();
  for (size_t removed = 1; removed + 1 < pieces.size(); ++removed) {
    Pieces changed = pieces;
    changed.erase(changed.begin() + static_cast<ptrdiff_t>(removed));
    EXPECT_THAT(ReadAfter(changed),
                HasFault(absl::StrCat("chunk ", removed), "BACKUP_DAMAGED"));
  }
}

TEST_F(BackupFile, NamesTheChunkThatWasMoved) {
  Pieces pieces = Make();
  std::swap(pieces[2], pieces[3]);

  EXPECT_THAT(ReadAfter(pieces), HasFault("chunk 2", "BACKUP_DAMAGED"));
}

TEST_F(BackupFile, NamesTheChunkAfterWhichItWasCutOff) {
  const Pieces pieces = Make();
  for (size_t left = 1; left < pieces.size(); ++left) {
    const Pieces cut(pieces.begin(),
                     pieces.begin() + static_cast<ptrdiff_t>(left));
    // Without any chunk the first one fails.
    const size_t named = std::max<size_t>(left - 1, 1);
    EXPECT_THAT(ReadAfter(cut),
                HasFault(absl::StrCat("chunk ", named), "BACKUP_DAMAGED"));
  }
  const std::string whole = Joined(pieces);
  for (const size_t less : {size_t{1}, size_t{3}, size_t{255}}) {
    Write(whole.substr(0, whole.size() - less));
    EXPECT_THAT(Read(), HasFault("chunk 5", "BACKUP_DAMAGED"));
  }
}

TEST_F(BackupFile, DoesNotTakeWhatComesAfterTheEnd) {
  Pieces pieces = Make();
  pieces.push_back(pieces[1]);

  EXPECT_THAT(ReadAfter(pieces), HasFault("chunk 5", "BACKUP_DAMAGED"));
}

// Both made by the same installation.
TEST_F(BackupFile, DoesNotTakeAChunkOfAnother) {
  Pieces pieces = Make();
  pieces[1] = Make()[1];

  EXPECT_THAT(ReadAfter(pieces), HasFault("chunk 1", "BACKUP_DAMAGED"));
}

TEST_F(BackupFile, SaysThatAChangedHeaderIsDamage) {
  const Pieces pieces = Make();
  for (size_t at = 0; at < pieces[0].size(); ++at) {
    Pieces changed = pieces;
    changed[0][at] = static_cast<char>(changed[0][at] ^ 1);
    EXPECT_THAT(ReadAfter(changed), HasReason("BACKUP_DAMAGED")) << at;
  }
  Write("");
  EXPECT_THAT(Read(), HasReason("BACKUP_DAMAGED"));
}

TEST_F(BackupFile, OpensUnderItsOwnKeySourceAlone) {
  Write(Joined(Make()));
  std::filesystem::remove(KeySource());
  EXPECT_THAT(Read(), HasReason("KEY_SOURCE_MISSING"));

  // Of the same version, and of another.
  ASSERT_THAT(seal::KeySource::Create(KeySource()), IsOk());
  EXPECT_THAT(Read(), HasReason("KEY_SOURCE_WRONG"));
  std::filesystem::remove(KeySource());
  ASSERT_THAT(seal::KeySource::Write(KeySource(), {seal::Key::Random(), 2}),
              IsOk());
  EXPECT_THAT(Read(), HasReason("KEY_SOURCE_WRONG"));
}

TEST_F(BackupFile, SaysThatThereIsNone) {
  EXPECT_THAT(Read(), HasReason("FILE_UNREADABLE"));
}

TEST_F(BackupFile, StopsWhereItsBytesAreNotTaken) {
  auto root = NewestRoot(KeySource());
  ASSERT_THAT(root, IsOk());
  int taken = 0;
  auto writer = BackupWriter::Begin(**root, [&taken](const std::string&) {
    return ++taken < 3 ? absl::OkStatus() : errors::Cancelled();
  });
  ASSERT_THAT(writer, IsOk());

  EXPECT_THAT(writer->Add("data/stegvis.db", large_), HasReason("CANCELLED"));
}

TEST(BackupName, StaysInsideItsFolder) {
  for (const char* name : {"stegvis.toml", "data/stegvis.db", "a b/..c/d."}) {
    EXPECT_TRUE(IsBackupName(name)) << name;
  }
  for (const char* name : {"", "/etc/passwd", "..", "../x", "a/../b", "a//b",
                           "a/", "./a", "a\nb"}) {
    EXPECT_FALSE(IsBackupName(name)) << name;
  }
}

}  // namespace
}  // namespace stegvis::storage
