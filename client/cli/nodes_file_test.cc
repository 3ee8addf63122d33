#include "client/cli/nodes_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

constexpr char kFiles[] =
    "ca = \"ca.pem\"\ncert = \"tls/national.pem\"\nkey = \"national.key\"\n";

// A folder of its own with the files that a list of nodes names.
class NodesFileTest : public ::testing::Test {
 protected:
  NodesFileTest() : folder_(::testing::TempDir() + "/nodes_file") {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "tls");
    fs::create_directories(folder_ / "keys");
    Write("ca.pem", "the ca");
    Write("tls/national.pem", "the certificate");
    Write("national.key", "the key");
  }
  ~NodesFileTest() override { fs::remove_all(folder_); }

  std::string Path() const { return (folder_ / "nodes.toml").string(); }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  absl::StatusOr<std::vector<rollup::Node>> Read(
      const std::string& text) const {
    Write("nodes.toml", text);
    return ReadNodes(Path());
  }
  // The complaint, after what names the file.
  std::string Complaint(const std::string& text) const {
    const std::string message(Read(text).status().message());
    const std::string file = absl::StrCat("Nodlistan ", Path(), ": ");
    const std::string node = absl::StrCat("Nodlistan ", Path(), ", ");
    for (const std::string& begin : {file, node}) {
      if (message.rfind(begin, 0) == 0) return message.substr(begin.size());
    }
    return "not of the file: " + message;
  }

  const fs::path folder_;
};

std::string ANode(const std::string& more = "") {
  return absl::StrCat("[[node]]\naddress = \"127.0.0.1:7443\"\n", kFiles, more);
}

TEST_F(NodesFileTest, GivesEachNodeWithWhatItsFilesHold) {
  const auto nodes = Read(
      absl::StrCat(ANode("forbund = [\"222000-1230\", \"222000-1248\"]\n"),
                   "[[node]]\naddress = \"nod.exempel.se:7443\"\n", kFiles));

  ASSERT_TRUE(nodes.ok()) << nodes.status();
  ASSERT_EQ(nodes->size(), 2U);
  const rollup::Node& node = nodes->front();
  EXPECT_EQ(node.address, "127.0.0.1:7443");
  EXPECT_EQ(node.ca_pem, "the ca");
  EXPECT_EQ(node.certificate_pem, "the certificate");
  EXPECT_EQ(node.key_pem, "the key");
  EXPECT_THAT(node.forbund, ElementsAre("222000-1230", "222000-1248"));
  EXPECT_THAT(nodes->back().forbund, IsEmpty());
}

TEST_F(NodesFileTest, NamesTheNearestSettingForAnUnknownOne) {
  EXPECT_EQ(Complaint(ANode("adress = \"x\"\n")),
            "nod 1: inställningen adress finns inte. Menade du address?");
  EXPECT_EQ(Complaint("[[nod]]\n"),
            "inställningen nod finns inte. Menade du node?");
}

TEST_F(NodesFileTest, NamesTheNodeAndWhatItLacks) {
  EXPECT_EQ(Complaint(absl::StrCat(ANode(), "[[node]]\n", kFiles)),
            "nod 2: address saknas. Lägg till den.");
  EXPECT_EQ(Complaint("[[node]]\naddress = 7443\n"),
            "nod 1: address ska vara en text. Rätta den.");
}

TEST_F(NodesFileTest, NamesTheFileThatCannotBeRead) {
  fs::remove(folder_ / "ca.pem");
  EXPECT_THAT(Complaint(ANode()), HasSubstr("nod 1: ca: Filen "));
}

TEST_F(NodesFileTest, RefusesWhatIsNoOrganisationNumber) {
  constexpr char kWanted[] =
      "nod 1: forbund ska vara organisationsnummer, till exempel "
      "[\"222000-1230\"]. Rätta den.";
  for (const std::string wrong :
       {"\"222000-1230\"", "[\"2220001230\"]", "[222]", "[\"../000-1230\"]"}) {
    EXPECT_EQ(Complaint(ANode(absl::StrCat("forbund = ", wrong, "\n"))),
              kWanted)
        << wrong;
  }
}

TEST_F(NodesFileTest, RefusesTheSameAddressTwice) {
  EXPECT_EQ(Complaint(ANode() + ANode()),
            "två noder har adressen 127.0.0.1:7443. Ta bort den ena.");
}

TEST_F(NodesFileTest, RefusesAListOfNone) {
  constexpr char kNone[] = "ingen nod. Skriv en [[node]] för varje.";
  EXPECT_EQ(Complaint(""), kNone);
  EXPECT_EQ(Complaint("node = 3\n"), kNone);
}

TEST_F(NodesFileTest, NamesTheLineThatIsNoToml) {
  EXPECT_EQ(Complaint("\n[[node\n"), "rad 2 går inte att tolka. Rätta den.");
}

TEST_F(NodesFileTest, FindsTheKeysBesideIt) {
  Write("keys/222000-1230.pem", "a public key");
  const rollup::PublicKeys keys = KeysBeside(Path());

  EXPECT_EQ(keys("222000-1230"), "a public key");
  EXPECT_EQ(keys("222000-1248"), std::nullopt);
}

}  // namespace
}  // namespace stegvis::cli
