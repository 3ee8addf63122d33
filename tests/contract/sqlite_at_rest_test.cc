// What lies in the files: no number, no name, and a code in its table alone.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "absl/strings/str_cat.h"
#include "tests/contract/sqlite_file.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

constexpr char kUser[] = "kanarie-anvandare";
constexpr char kSecretText[] = "Kanariefågeln sjunger";

class AtRest : public ::testing::Test {
 protected:
  AtRest() : store_(file_.Open(clock_).value()) {
    number_ = Number().Digits(RevealKey::For("a test searches for it"));
  }

  static domain::PersonNumber Number() {
    return ValidNumber(On("1977-07-17"), 777);
  }

  // One of everything, each marked.
  void WriteAll() {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      EXPECT_THAT(tx.PutForbund(AForbund().Named(kSecretText).Build()), IsOk());
      EXPECT_THAT(
          tx.PutInsats(kForbund, AnInsats().Titled(kSecretText).Build()),
          IsOk());
      const domain::Participation participation =
          AParticipation()
              .As(ARegistration()
                      .Of(Number())
                      .Called(kSecretText)
                      .ConsentKeptAt(kSecretText)
                      .Exiting(On("2020-09-01")))
              .By(kUser)
              .Build();
      EXPECT_THAT(tx.PutParticipation(kForbund, participation, std::nullopt),
                  IsOk());
      EXPECT_THAT(
          tx.PutGrant({kUser, domain::Role::kSamordnare, {kForbund, kInsats}}),
          IsOk());
      EXPECT_THAT(tx.RememberRequest({kUser, "Kanariemetod", {}},
                                     {kSecretText, kSecretText, 1}),
                  IsOk());
      return tx.AppendAudit(
          {kForbund, kUser, "Kanariemetod", kSecretText, "", false});
    }),
                IsOk());
  }

  // How often `text` stands in all files together.
  int Count(const std::string& text) {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(file_.Folder())) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      for (size_t at = bytes.find(text); at != std::string::npos;
           at = bytes.find(text, at + 1)) {
        ++count;
      }
    }
    return count;
  }

  SystemClock clock_;
  SqliteFile file_{::testing::TempDir()};
  std::unique_ptr<Store> store_;
  std::string number_;
};

TEST_F(AtRest, NothingAboutAnybodyCanBeRead) {
  WriteAll();

  for (const std::string& text :
       {number_, number_.substr(2), number_.substr(0, 8), number_.substr(8),
        std::string(kUser), std::string(kSecretText),
        std::string("Kanariemetod"), std::string("Provinsatsen"),
        std::string("SAMORDNARE")}) {
    EXPECT_EQ(Count(text), 0) << text;
  }
}

// A caller may make request ids of what must not be read.
TEST_F(AtRest, OfARequestIdAtMostTheTimeCanBeRead) {
  const auto begin_of = [](const IdBytes& id) {
    return std::string(id.begin(), id.begin() + 6);
  };
  const auto remember = [&](const IdBytes& id) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      return tx.RememberRequest({kUser, "m", id}, {"d", "r", 1});
    }),
                IsOk());
  };
  const IdBytes time_ordered = TimeOrderedUuid();
  const std::string rest = "-7000-8000-000000000000";
  remember(time_ordered);
  for (const std::string& digits : {number_, number_.substr(2) + "00"}) {
    const IdBytes of_number = *ParseUuid(
        absl::StrCat(digits.substr(0, 8), "-", digits.substr(8), rest));
    remember(of_number);

    EXPECT_EQ(Count(begin_of(of_number)), 0);
  }
  EXPECT_GE(Count(begin_of(time_ordered)), 1);
}

TEST_F(AtRest, ACodeStandsOnceInItsTable) {
  WriteAll();

  for (const char* code : {"rehab_arbete_utbildning", "langtidssjukskrivna",
                           "langvarigt_forsorjningsstod", "felregistrering"}) {
    EXPECT_EQ(Count(code), 1) << code;
  }
}

// Shorter codes come about by chance among sealed bytes.
TEST_F(AtRest, WhatIsWrittenNamesNoCode) {
  constexpr size_t kShortest = 6;
  std::map<std::string, int> before;
  for (int list = 0; list < domain::kCodeLists; ++list) {
    for (const domain::Code& code :
         store_->Codes().Codes(static_cast<domain::CodeList>(list))) {
      if (code.code.size() >= kShortest) before[code.code] = Count(code.code);
    }
  }

  WriteAll();

  for (const auto& [code, count] : before) {
    EXPECT_EQ(Count(code), count) << code;
  }
}

}  // namespace
}  // namespace stegvis::contract
