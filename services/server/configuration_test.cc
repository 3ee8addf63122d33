#include "services/server/configuration.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/status_matchers.h"

namespace stegvis::server {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

constexpr char kComplete[] = R"(
listen = "127.0.0.1:7443"
key_source = "key-source"
[storage]
path = "data"
[tls]
ca = "tls/ca.pem"
cert = "tls/server.pem"
key = "/elsewhere/server.key"
)";

class ReadingConfiguration : public ::testing::Test {
 protected:
  ReadingConfiguration()
      : folder_(
            std::filesystem::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::create_directories(folder_);
  }
  ~ReadingConfiguration() override { std::filesystem::remove_all(folder_); }

  absl::StatusOr<Configuration> Read(const std::string& content) {
    std::ofstream(folder_ / "stegvis.toml") << content;
    return ReadConfiguration((folder_ / "stegvis.toml").string());
  }

  const std::filesystem::path folder_;
};

TEST_F(ReadingConfiguration, TakesPathsRelativeToTheFile) {
  const absl::StatusOr<Configuration> read = Read(kComplete);

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->listen, "127.0.0.1:7443");
  EXPECT_EQ(read->data_directory, (folder_ / "data").string());
  EXPECT_EQ(read->tls_ca, (folder_ / "tls/ca.pem").string());
  EXPECT_EQ(read->tls_key, "/elsewhere/server.key");
  EXPECT_TRUE(read->log_requests);
}

TEST_F(ReadingConfiguration, StopsAtAnUnknownSettingWithTheNearestKnown) {
  const absl::StatusOr<Configuration> read =
      Read(std::string(kComplete) + "certt = \"x\"\n");

  EXPECT_THAT(read, HasFault("tls.certt", "CONFIGURATION_INVALID"));
  EXPECT_EQ(NearestSetting("tls.certt"), "tls.cert");
}

TEST_F(ReadingConfiguration, StopsAtAnUnknownTable) {
  EXPECT_THAT(Read(std::string(kComplete) + "[metrics]\nport = 1\n"),
              HasFault("metrics.port", "CONFIGURATION_INVALID"));
}

TEST_F(ReadingConfiguration, StopsAtAMissingSetting) {
  EXPECT_THAT(Read("listen = \"127.0.0.1:7443\"\n"),
              HasFault("key_source", "CONFIGURATION_INVALID"));
}

TEST_F(ReadingConfiguration, StopsAtAValueOfAnotherType) {
  EXPECT_THAT(Read("listen = 7443\nkey_source = \"k\"\n"),
              HasFault("listen", "CONFIGURATION_INVALID"));
}

TEST_F(ReadingConfiguration, NamesTheLineThatIsNoToml) {
  EXPECT_THAT(Read("listen = \"x\"\nkey_source\n"),
              HasFault("line 2", "CONFIGURATION_INVALID"));
}

TEST(ReadConfiguration, SaysThatTheFileCannotBeRead) {
  EXPECT_THAT(ReadConfiguration("/nowhere/stegvis.toml"),
              HasReason("CONFIGURATION_INVALID"));
}

}  // namespace
}  // namespace stegvis::server
