#include "services/server/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace stegvis::server {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

const Day kToday = *Day::Parse("2026-03-04");

Options Read(std::vector<const char*> words) {
  words.insert(words.begin(), "stegvisd");
  return ReadOptions(static_cast<int>(words.size()), words.data());
}

int ExitStatus(const Options& options) {
  const Exit* exit = std::get_if<Exit>(&options);
  return exit == nullptr ? -1 : exit->status;
}

TEST(ReadOptions, TakesTheConfiguration) {
  const Options read = Read({"--config", "stegvis.toml"});

  ASSERT_TRUE(std::holds_alternative<ServeOptions>(read));
  EXPECT_EQ(std::get<ServeOptions>(read).configuration, "stegvis.toml");
}

TEST(ReadOptions, TakesAnInstallationToMake) {
  const Options read =
      Read({"--offline", "init", "here", "--port", "0", "--forbund", "Norr",
            "--org-number", "222000-0000", "--start", "2020-02-01"});

  ASSERT_TRUE(std::holds_alternative<InitOptions>(read));
  const auto& init = std::get<InitOptions>(read);
  EXPECT_EQ(init.folder, "here");
  EXPECT_EQ(init.port, 0);
  EXPECT_EQ(init.forbund, "Norr");
  EXPECT_EQ(init.start, "2020-02-01");
}

TEST(ReadOptions, TakesWorkOnTheKeySource) {
  const Options share = Read({"--offline", "keys", "share", "--key-source=k",
                              "--of=3", "--need=2", "--output=d"});
  ASSERT_TRUE(std::holds_alternative<KeysOptions>(share));
  const auto& sharing = std::get<KeysOptions>(share);
  EXPECT_EQ(sharing.work, KeysOptions::Work::kShare);
  EXPECT_EQ(sharing.key_source, "k");
  EXPECT_EQ(sharing.sharing.of, 3);
  EXPECT_EQ(sharing.sharing.need, 2);
  EXPECT_EQ(sharing.folder, "d");

  const Options recover =
      Read({"--offline", "keys", "recover", "--key-source=k", "--", "a", "-b"});
  ASSERT_TRUE(std::holds_alternative<KeysOptions>(recover));
  EXPECT_EQ(std::get<KeysOptions>(recover).work, KeysOptions::Work::kRecover);
  EXPECT_EQ(std::get<KeysOptions>(recover).shares,
            (std::vector<std::string>{"a", "-b"}));

  const Options drill = Read({"--offline", "keys", "drill", "--key-source=k"});
  ASSERT_TRUE(std::holds_alternative<KeysOptions>(drill));
  EXPECT_EQ(std::get<KeysOptions>(drill).work, KeysOptions::Work::kDrill);
}

TEST(ReadOptions, TakesABackupToTry) {
  const Options verify = Read(
      {"--offline", "backup", "--verify", "--key-source=k", "--", "-copy"});

  ASSERT_TRUE(std::holds_alternative<BackupOptions>(verify));
  const auto& backup = std::get<BackupOptions>(verify);
  EXPECT_EQ(backup.work, BackupOptions::Work::kVerify);
  EXPECT_EQ(backup.folder, "-copy");
  EXPECT_EQ(backup.key_source, "k");
}

TEST(ReadOptions, TakesABackupToRestore) {
  const Options restore = Read({"--offline", "restore", "--key-source=k",
                                "--erasures=e", "--", "copy", "new"});

  ASSERT_TRUE(std::holds_alternative<BackupOptions>(restore));
  const auto& backup = std::get<BackupOptions>(restore);
  EXPECT_EQ(backup.work, BackupOptions::Work::kRestore);
  EXPECT_EQ(backup.folder, "copy");
  EXPECT_EQ(backup.target, "new");
  EXPECT_EQ(backup.key_source, "k");
  EXPECT_EQ(backup.erasures, "e");
}

TEST(ReadOptions, EndsWithTwoForWrongUsage) {
  EXPECT_EQ(ExitStatus(Read({})), 2);
  EXPECT_EQ(ExitStatus(Read({"--confg", "x"})), 2);
  EXPECT_EQ(ExitStatus(Read({"init", "here"})), 2);
  EXPECT_EQ(ExitStatus(Read({"--offline"})), 2);
  EXPECT_EQ(ExitStatus(Read({"--offline", "init"})), 2);
  EXPECT_EQ(ExitStatus(Read({"--offline", "init", "x", "--port", "70000"})), 2);
  EXPECT_EQ(ExitStatus(Read({"--offline", "init", "x", "--forbund", "N"})), 2);
}

TEST(ReadOptions, SaysWhatIsWrongInOneSwedishLine) {
  const auto expect = [](const std::vector<const char*>& words,
                         const std::string& line) {
    CaptureStderr();
    Read(words);
    EXPECT_EQ(GetCapturedStderr(), "stegvisd: " + line + " --help.\n");
  };
  expect({}, "--config FIL saknas. Se stegvisd");
  expect({"--confg"}, "okänt argument: --confg. Se stegvisd");
  expect({"init", "x"}, "--offline init MAPP saknas. Se stegvis init");
  expect({"--offline", "--config", "x"},
         "--config passar inte ihop med --offline. Se stegvis init");
  expect({"--offline", "init"}, "MAPP saknas. Se stegvis init");
  expect({"--offline", "init", "x", "--prot", "1"},
         "okänt argument: --prot. Se stegvis init");
  expect({"--offline", "init", "x", "y\nz"},
         "ett argument för mycket. Se stegvis init");
  expect({"--offline", "init", "x", "--port", "70000"},
         "värdet för --port är inte giltigt. Se stegvis init");
  expect({"--offline", "init", "x", "--port", "ett"},
         "värdet för --port är inte giltigt. Se stegvis init");
  expect({"--offline", "init", "x", "--port"},
         "--port har fel antal värden. Se stegvis init");
  expect({"keys", "drill", "--key-source", "k"},
         "--offline keys saknas. Se stegvis keys drill");
  expect({"backup", "x", "--verify", "--key-source", "k"},
         "--offline backup saknas. Se stegvis backup");
  expect({"--offline", "backup", "x", "--key-source", "k"},
         "--verify saknas. Se stegvis backup");
  expect({"--offline", "restore", "x", "--key-source=k", "--erasures=e"},
         "TILL saknas. Se stegvis restore");
  expect({"--offline", "keys"},
         "share, recover eller drill saknas. Se stegvis keys");
  expect({"--offline", "keys", "drill"},
         "--key-source saknas. Se stegvis keys drill");
  expect(
      {"--offline", "keys", "share", "--key-source=k", "--of=21", "--need=2"},
      "värdet för --of är inte giltigt. Se stegvis keys share");
  expect({"--offline", "keys", "share", "--key-source=k", "--of=2", "--need=3"},
         "värdet för --need är inte giltigt. Se stegvis keys share");
  expect({"--offline", "init", "x", "--forbund", "N"},
         "--forbund kräver --org-number. Se stegvis init");
}

TEST(ReadOptions, EndsWithNoughtForHelp) {
  EXPECT_EQ(ExitStatus(Read({"--help"})), 0);
  EXPECT_EQ(ExitStatus(Read({"--version"})), 0);
}

TEST(ToInitRequest, StartsTheForbundOnTheFirstOfJanuary) {
  InitOptions options;
  options.forbund = "Norr";
  options.organization_number = "222000-0018";

  const absl::StatusOr<offline::InitRequest> request =
      ToInitRequest(options, kToday);

  ASSERT_THAT(request, IsOk());
  EXPECT_EQ(request->forbund->start.Text(), "2026-01-01");
}

TEST(ToInitRequest, RefusesWhatIsNoNumberOrNoDay) {
  InitOptions options;
  options.forbund = "Norr";
  options.organization_number = "222000-0001";
  EXPECT_THAT(ToInitRequest(options, kToday),
              HasReason("ORGANIZATION_NUMBER_INVALID"));

  options.organization_number = "222000-0018";
  options.start = "igår";
  EXPECT_THAT(ToInitRequest(options, kToday), HasReason("DATE_INVALID"));
}

}  // namespace
}  // namespace stegvis::server
