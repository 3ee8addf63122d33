#include "services/server/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/errors.h"
#include "services/server/keys_command.h"

namespace stegvis::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

absl::Status SettingInvalid(absl::string_view setting) {
  return AtField(setting, errors::ConfigurationInvalid(setting, ""));
}

TEST(Explain, NamesTheNearestKnownSetting) {
  EXPECT_EQ(Explain(SettingInvalid("tls.certt")),
            "Okänd inställning i stegvis.toml: tls.certt. Menades tls.cert?");
}

TEST(Explain, NamesTheSettingThatCannotBeUsed) {
  EXPECT_THAT(Explain(SettingInvalid("tls.key")),
              HasSubstr("Inställningen tls.key"));
}

TEST(Explain, NamesTheLineThatIsNotToml) {
  EXPECT_THAT(Explain(SettingInvalid("line 7")), HasSubstr("Rad 7"));
}

TEST(Explain, HasWordsForEveryReasonNotToStart) {
  for (const absl::Status& status : {errors::DatabaseInUse(),
                                     errors::SchemaTooNew(),
                                     errors::SchemaChanged(),
                                     errors::KeySourceMissing(),
                                     errors::KeySourceUnreadable(),
                                     errors::KeySourceWrong(),
                                     errors::FolderNotEmpty(),
                                     errors::FileUnwritable(),
                                     errors::DiskFull(),
                                     errors::DateInvalid(),
                                     errors::OrganizationNumberInvalid(),
                                     errors::NotFound(),
                                     errors::KeySourceExists(),
                                     errors::KeySharesTooFew(),
                                     errors::KeySharesMixed(),
                                     errors::KeyShareTwice(),
                                     errors::KeySharesWrong(),
                                     errors::KeyShareUnreadable(),
                                     errors::KeyShareGroupWrong(),
                                     errors::KeyShareIncomplete(),
                                     errors::FileUnreadable()}) {
    EXPECT_THAT(Explain(status), Not(HasSubstr("Ett fel i programmet")))
        << status;
  }
}

TEST(Explain, NamesTheGroupOfAShare) {
  const auto at = [](absl::string_view field, const absl::Status& error) {
    return Explain(AtField(field, error));
  };
  EXPECT_EQ(at("line 14.group 7", errors::KeyShareGroupWrong()),
            "Grupp 7 stämmer inte. Jämför den med papperet.");
  EXPECT_EQ(at("group 21", errors::KeyShareIncomplete()),
            "Andelen slutar före grupp 21 av 28. Skriv av resten.");
  EXPECT_EQ(at("file 1.group 1", errors::KeyShareIncomplete()),
            "Där finns ingen andel. Kontrollera att det är rätt fil.");
}

TEST(ExplainKeys, BeginsWithTheFileAndTheLine) {
  KeysOptions options;
  options.key_source = "k";
  options.shares = {"a.txt", "b.txt"};
  const auto at = [&](absl::string_view field, const absl::Status& error) {
    return ExplainKeys(options, AtField(field, error));
  };
  EXPECT_EQ(at("file 2.line 14.group 7", errors::KeyShareGroupWrong()),
            "b.txt:14: Grupp 7 stämmer inte. Jämför den med papperet.");
  EXPECT_EQ(at("file 1", errors::FileUnreadable()),
            "a.txt: Filen kan inte läsas. Kontrollera att den finns och får "
            "läsas.");
  EXPECT_THAT(at("line 3.group 7", errors::KeyShareGroupWrong()),
              StartsWith("stdin:3: Grupp 7"));
  EXPECT_THAT(ExplainKeys(options, errors::KeySourceMissing()),
              StartsWith("k: Nyckelkällan saknas."));
  EXPECT_THAT(ExplainKeys(options, errors::KeySharesTooFew()),
              StartsWith("Andelarna är för få."));
}

TEST(Explain, IsOneLineAlsoForABug) {
  EXPECT_EQ(Explain(errors::Bug("x")),
            "Ett fel i programmet (BUG). Anmäl det.");
}

}  // namespace
}  // namespace stegvis::server
