#include "services/server/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/errors.h"

namespace stegvis::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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
  for (const absl::Status& status :
       {errors::DatabaseInUse(), errors::SchemaTooNew(),
        errors::SchemaChanged(), errors::KeySourceMissing(),
        errors::KeySourceUnreadable(), errors::KeySourceWrong(),
        errors::FolderNotEmpty(), errors::FileUnwritable(), errors::DiskFull(),
        errors::DateInvalid(), errors::OrganizationNumberInvalid(),
        errors::NotFound()}) {
    EXPECT_THAT(Explain(status), Not(HasSubstr("Ett fel i programmet")))
        << status;
  }
}

TEST(Explain, IsOneLineAlsoForABug) {
  EXPECT_EQ(Explain(errors::Bug("x")),
            "Ett fel i programmet (BUG). Anmäl det.");
}

}  // namespace
}  // namespace stegvis::server
