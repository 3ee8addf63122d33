#include "services/validation/field_mask.h"

#include <gtest/gtest.h>

#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/participation.pb.h"
#include "tests/support/status_matchers.h"

namespace stegvis::validation {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;

google::protobuf::FieldMask Mask(std::initializer_list<const char*> paths) {
  google::protobuf::FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

TEST(Mask, OfWholeFieldsIsGood) {
  EXPECT_THAT(
      CheckMask(Mask({"contact", "kommuner"}), *v1::Forbund::descriptor()),
      IsOk());
}

TEST(Mask, ThatIsEmptyIsMissing) {
  EXPECT_THAT(CheckMask(Mask({}), *v1::Forbund::descriptor()),
              HasFault("update_mask", "MISSING"));
}

TEST(Mask, OfEverythingPartsOrElementsIsRefused) {
  for (const char* path : {"*", "kommuner.code", "kommuner[0]", "other", "",
                           "kommuner.*", "Contact"}) {
    EXPECT_THAT(CheckMask(Mask({"contact", path}), *v1::Forbund::descriptor()),
                HasFault("update_mask", "UNKNOWN_FIELD"))
        << path;
  }
}

TEST(Mask, OfAPartIsGoodWhereThatIsAllowed) {
  const auto check = [](const char* path) {
    return CheckMask(Mask({path}), *v1::Forbund::descriptor(),
                     {"kommuner.code"});
  };
  EXPECT_THAT(check("kommuner.code"), IsOk());
  EXPECT_THAT(check("kommuner"), IsOk());
  EXPECT_THAT(check("kommuner.district"),
              HasFault("update_mask", "UNKNOWN_FIELD"));
}

TEST(ApplyMask, ReplacesAPartAlone) {
  v1::Registration from;
  from.mutable_person()->set_person_number("ny");
  v1::Registration onto;
  onto.mutable_person()->set_person_number("gammal");
  onto.mutable_person()->set_display_name("gammal");

  ApplyMask(Mask({"person.person_number"}), from, onto);

  EXPECT_EQ(onto.person().person_number(), "ny");
  EXPECT_EQ(onto.person().display_name(), "gammal");
}

TEST(ApplyMask, ReplacesWhatIsNamedAndNothingElse) {
  v1::Forbund from;
  from.set_contact("ny");
  from.set_description("ny");
  from.add_parties()->set_title("Region");
  v1::Forbund onto;
  onto.set_contact("gammal");
  onto.set_description("gammal");
  onto.add_parties()->set_title("Kommun");
  onto.add_parties()->set_title("Stad");

  ApplyMask(Mask({"contact", "parties"}), from, onto);

  EXPECT_EQ(onto.contact(), "ny");
  EXPECT_EQ(onto.description(), "gammal");
  ASSERT_EQ(onto.parties_size(), 1);
  EXPECT_EQ(onto.parties(0).title(), "Region");
}

TEST(ApplyMask, ClearsWhatIsNamedAndAbsent) {
  v1::Registration onto;
  onto.mutable_exit()->set_date("2020-01-01");
  onto.set_kommun("0180");
  onto.add_follow_ups()->set_months(6);

  ApplyMask(Mask({"exit", "kommun", "follow_ups"}), v1::Registration(), onto);

  EXPECT_FALSE(onto.has_exit());
  EXPECT_TRUE(onto.kommun().empty());
  EXPECT_EQ(onto.follow_ups_size(), 0);
}

TEST(ApplyMask, ReplacesAMessageWhole) {
  v1::Registration from;
  from.mutable_entry()->set_date("2020-02-02");
  v1::Registration onto;
  onto.mutable_entry()->set_date("2020-01-01");
  onto.mutable_entry()->set_education("gymnasium");

  ApplyMask(Mask({"entry"}), from, onto);

  EXPECT_EQ(onto.entry().date(), "2020-02-02");
  EXPECT_TRUE(onto.entry().education().empty());
}

TEST(ApplyMask, LeavesOutputOnlyFieldsAlone) {
  v1::Forbund from;
  from.set_name("annan");
  from.set_etag("annan");
  v1::Forbund onto;
  onto.set_name("egen");
  onto.set_etag("egen");

  ApplyMask(Mask({"name", "etag", "create_time"}), from, onto);

  EXPECT_EQ(onto.name(), "egen");
  EXPECT_EQ(onto.etag(), "egen");
}

}  // namespace
}  // namespace stegvis::validation
