// The program as a whole, where it needs no server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "client/cli/consent_form.h"
#include "client/cli/run.h"

namespace stegvis::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

Outcome Try(std::vector<const char*> arguments) {
  ::unsetenv("STEGVIS_PROFILE");
  arguments.insert(arguments.begin(), "stegvis");
  CaptureStdout();
  CaptureStderr();
  const int status = Run(static_cast<int>(arguments.size()), arguments.data());
  return {status, GetCapturedStdout(), GetCapturedStderr()};
}

TEST(Usage, HelpIsThereForEveryCommand) {
  const std::vector<std::vector<const char*>> commands = {
      {},
      {"forbund", "create"},
      {"forbund", "update"},
      {"forbund", "list"},
      {"forbund", "show"},
      {"forbund", "export"},
      {"insats", "create"},
      {"insats", "update"},
      {"insats", "list"},
      {"insats", "show"},
      {"insats", "end"},
      {"insats", "suggest-method"},
      {"question", "add"},
      {"question", "list"},
      {"question", "end"},
      {"user", "grant"},
      {"user", "revoke"},
      {"user", "list"},
      {"import", "forbund"},
      {"import", "insatser"},
      {"import", "participants"},
      {"import", "counts"},
      {"participant", "register"},
      {"participant", "exit"},
      {"participant", "follow-up"},
      {"participant", "correct"},
      {"participant", "list"},
      {"participant", "show"},
      {"participant", "find"},
      {"participant", "reveal"},
      {"participant", "acknowledge"},
      {"participant", "consent-form"},
      {"count", "set"},
      {"count", "list"},
      {"report"},
      {"status"},
      {"codes", "list"},
      {"demo", "generate"},
      {"init"}};
  for (std::vector<const char*> command : commands) {
    const bool whole = command.empty();
    const std::string name = whole ? "" : command.back();
    command.push_back("--help");

    const Outcome outcome = Try(command);

    EXPECT_EQ(outcome.status, 0) << name;
    EXPECT_THAT(outcome.out, HasSubstr("Användning: stegvis"));
    if (whole) continue;
    EXPECT_THAT(outcome.out, HasSubstr("Exempel:\n")) << name;
  }
}

TEST(Usage, WrongUsageEndsWithTwoAndOneLine) {
  const auto expect = [](const std::vector<const char*>& arguments,
                         const char* line) {
    const Outcome outcome = Try(arguments);
    EXPECT_EQ(outcome.status, 2) << line;
    EXPECT_EQ(outcome.err, std::string(line) + "\n");
  };
  expect({}, "stegvis: ett kommando saknas. Se stegvis --help.");
  expect({"forbund"},
         "stegvis forbund: ett kommando saknas. Se stegvis forbund --help.");
  expect({"count", "list"},
         "stegvis count list: --insats saknas. Se stegvis count list --help.");
  expect({"status", "--colour", "red"},
         "stegvis status: okänt argument: --colour. Se stegvis status --help.");
  expect({"status", "--format", "xml"},
         "stegvis status: värdet för --format är inte giltigt. Se stegvis "
         "status --help.");
  expect(
      {"report"},
      "stegvis report: Ange antingen --year ÅR, eller både --from och --to.");
  expect({"status"},
         "stegvis status: Ingen profil är vald. Ange --profile FIL före "
         "kommandot, eller sätt STEGVIS_PROFILE.");
}

TEST(Usage, AMissingProfileEndsWithOne) {
  const Outcome outcome = Try({"--profile", "/nowhere/p.toml", "status"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "stegvis status: Filen /nowhere/p.toml går inte att läsa. "
            "Kontrollera att den finns och får läsas.\n");
}

TEST(ConsentForm, HasNamesOrLinesToFillIn) {
  EXPECT_THAT(ConsentForm("Exempel", "Team"),
              HasSubstr("Förbund:       Exempel\nInsats:        Team\n"));
  EXPECT_THAT(ConsentForm("", ""), HasSubstr("Förbund:       ____"));
  EXPECT_THAT(ConsentForm("", ""), EndsWith("\n"));
}

TEST(Usage, AWrongCommandIsNamed) {
  EXPECT_THAT(Try({"reprot", "--year", "2020"}).err,
              HasSubstr("okänt kommando: reprot. Se stegvis --help."));
  EXPECT_THAT(Try({"forbund", "crate"}).err,
              HasSubstr("okänt kommando: crate. Se stegvis forbund --help."));
  EXPECT_THAT(Try({"forbund"}).err, HasSubstr("ett kommando saknas"));
}

TEST(Usage, AValueThatIsNoNumberNamesItsOption) {
  EXPECT_THAT(Try({"report", "--year", "tjugo"}).err,
              HasSubstr("värdet för --year är inte giltigt"));
}

TEST(Usage, ALongNumberThatDoesNotBelongIsNotRepeated) {
  const Outcome outcome = Try({"participant", "find", "199001012385"});

  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("ett tal som inte hör dit"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("199001012385")));
}

}  // namespace
}  // namespace stegvis::cli
