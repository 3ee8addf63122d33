// What keeps the server from starting, and an installation from being made:
// one line in Swedish and status 1.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kNewerSchema[] =
    "INSERT INTO migration (name, checksum) VALUES ('9999', x'00')";

// The installation is there, the server does not run.
class Starting : public ServerTest {
 protected:
  void SetUp() override {}

  int TryToServe() {
    return RunServerProgram({"--config", (Node() / "stegvis.toml").string()});
  }

  // That the server did not start, and what it said.
  void ExpectRefusal(const std::string& words) {
    EXPECT_EQ(TryToServe(), 1);
    EXPECT_THAT(Said(), StartsWith("stegvisd: "));
    EXPECT_THAT(Said(), HasSubstr(words));
    const std::string said = Said();
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  }

  void AppendToConfiguration(const std::string& text) {
    std::ofstream(Node() / "stegvis.toml", std::ios::app) << text;
  }
};

TEST_F(Starting, StopsAtAnUnknownSettingWithTheNearestKnown) {
  AppendToConfiguration("[storag]\npath = \"data\"\n");

  ExpectRefusal("storag.path. Menades storage.path?");
}

TEST_F(Starting, StopsWithoutConfiguration) {
  std::filesystem::remove(Node() / "stegvis.toml");

  ExpectRefusal("stegvis.toml kan inte läsas");
}

TEST_F(Starting, StopsWithoutKeySource) {
  std::filesystem::remove(Node() / "key-source");

  ExpectRefusal("Nyckelkällan saknas");
}

TEST_F(Starting, StopsAtAKeySourceThatOthersMayRead) {
  ASSERT_EQ(chmod((Node() / "key-source").c_str(), 0644), 0);

  ExpectRefusal("Nyckelkällan kan inte läsas");
}

TEST_F(Starting, StopsAtAKeySourceThatIsNone) {
  std::ofstream(Node() / "key-source") << "open sesame\n";

  ExpectRefusal("är ingen nyckelkälla");
}

TEST_F(Starting, StopsAtTheKeySourceOfAnotherInstallation) {
  const std::filesystem::path other = root_ / "other";
  ASSERT_EQ(RunServerProgram({"--offline", "init", other.string()}), 0);
  std::filesystem::copy(other / "key-source", Node() / "key-source",
                        std::filesystem::copy_options::overwrite_existing);

  ExpectRefusal("hör inte till den här installationen");
}

TEST_F(Starting, StopsWithoutDatabase) {
  std::filesystem::remove(Node() / "data/stegvis.db");

  ExpectRefusal("Det finns ingen databas");
}

TEST_F(Starting, StopsAtADatabaseInUse) {
  Start();

  ExpectRefusal("används av en annan server");
}

TEST_F(Starting, StopsAtADatabaseOfANewerVersion) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((Node() / "data/stegvis.db").c_str(), &database),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, kNewerSchema, nullptr, nullptr, nullptr),
            SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);

  ExpectRefusal("nyare version");
}

TEST_F(Starting, StopsAtACertificateThatIsNone) {
  std::ofstream(Node() / "tls/server.pem") << "no certificate\n";

  ExpectRefusal("Inställningen tls.cert");
}

TEST_F(Starting, StopsAtTheKeyOfAnotherCertificate) {
  std::filesystem::copy(Node() / "tls/admin.key", Node() / "tls/server.key",
                        std::filesystem::copy_options::overwrite_existing);

  ExpectRefusal("Inställningen tls.key");
}

TEST_F(Starting, StopsAtAPortThatIsTaken) {
  Start();
  const std::filesystem::path other = root_ / "other";
  const std::string port = Address().substr(Address().rfind(':') + 1);
  ASSERT_EQ(
      RunServerProgram({"--offline", "init", other.string(), "--port", port}),
      0);

  EXPECT_EQ(RunServerProgram({"--config", (other / "stegvis.toml").string()}),
            1);
  EXPECT_THAT(Said(), HasSubstr("Inställningen listen"));
}

TEST_F(Starting, WithWrongUsageEndsWithTwo) {
  EXPECT_EQ(RunServerProgram({"--confg", "x"}), 2);
}

TEST_F(Starting, MakesNoInstallationInAFolderWithSomethingInIt) {
  EXPECT_EQ(RunServerProgram({"--offline", "init", Node().string()}), 1);

  EXPECT_THAT(Said(), EndsWith("Mappen är inte tom. Välj en ny eller tom "
                               "mapp.\n"));
}

TEST_F(Starting, MakesNoInstallationForANumberThatIsNone) {
  const std::filesystem::path other = root_ / "other";

  EXPECT_EQ(RunServerProgram({"--offline", "init", other.string(), "--forbund",
                              "Norr", "--org-number", "222000-0001"}),
            1);

  EXPECT_THAT(Said(), HasSubstr("Organisationsnumret"));
  EXPECT_FALSE(std::filesystem::exists(other));
}

}  // namespace
}  // namespace stegvis::testing
