// What is made of the answers, without a network: nodes give reports of random
// people, sealed with keys of the test.
#include "client/rollup/rollup.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "client/rollup/code_book.h"
#include "client/rollup/received.h"
#include "services/envelope/envelope.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/convert_outcome.h"
#include "services/outcome/make_report.h"
#include "services/outcome/random_world.h"
#include "services/outcome/test_world.h"

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kYear = 2020;
const std::vector<std::string>& Numbers() {
  static const auto& numbers = *new std::vector<std::string>{
      "222000-1230", "222000-1248", "222000-1255"};
  return numbers;
}

class SigningKey {
 public:
  SigningKey() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {}
  ~SigningKey() { EVP_PKEY_free(key_); }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  std::string PublicPem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()),
                                                        &BIO_free);
    PEM_write_bio_PUBKEY(bio.get(), key_);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<size_t>(size));
  }

  std::string Sign(const std::string& payload) const {
    const std::string message = envelope::PreAuthenticationEncoding(
        envelope::kSealedReportType, payload);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    unsigned char signature[64];
    size_t size = sizeof(signature);
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_);
    EVP_DigestSign(context.get(), signature, &size,
                   reinterpret_cast<const unsigned char*>(message.data()),
                   message.size());
    return std::string(signature, signature + size);
  }

 private:
  EVP_PKEY* const key_;
};

v1::ListCodesResponse CodesOf(const domain::CodeBook& book) {
  v1::ListCodesResponse codes;
  codes.set_version(book.Version());
  for (int list = 0; list < domain::kCodeLists; ++list) {
    for (const domain::Code& code :
         book.Codes(static_cast<domain::CodeList>(list))) {
      v1::Code& message = *codes.add_codes();
      message.set_list(std::string(domain::CodeListName(code.list)));
      message.set_code(code.code);
      message.set_group(code.group);
      for (const std::string& flag : domain::CodeFlagNames(code.flags)) {
        message.add_flags(flag);
      }
      message.add_flags("A_FLAG_OF_A_LATER_TIME");
      if (code.lowest.has_value()) message.set_lowest(*code.lowest);
      if (code.highest.has_value()) message.set_highest(*code.highest);
    }
  }
  return codes;
}

// Three förbund of random people, each on a node of its own unless a test
// decides otherwise.
class RollupTest : public ::testing::Test {
 protected:
  RollupTest() : table_(MakeTable()) {
    request_.breakdowns.clear();
    for (int i = 0; i < outcome::kDimensions; ++i) {
      request_.breakdowns.push_back(static_cast<outcome::Dimension>(i));
      breakdowns_.push_back(
          outcome::DimensionName(static_cast<outcome::Dimension>(i)));
    }
    for (size_t i = 0; i < Numbers().size(); ++i) {
      AddNode({Preliminary(i)});
    }
  }

  static outcome::FactTable MakeTable() {
    std::mt19937 random(1);
    return outcome::RandomWorld(random, /*participations=*/60).Table();
  }

  outcome::OutcomeReport ReportOf(const std::vector<size_t>& forbund) {
    request_.forbund.clear();
    for (const size_t i : forbund) {
      request_.forbund.push_back(
          testing::TestId<ForbundId>(static_cast<uint8_t>(i + 1)));
    }
    auto report = outcome::MakeReport(table_, request_);
    if (!report.ok()) std::abort();
    return *std::move(report);
  }

  Delivery Preliminary(size_t forbund) {
    Delivery delivery;
    const outcome::OutcomeReport report = ReportOf({forbund});
    delivery.forbund.set_display_name(report.forbund.front());
    delivery.forbund.set_organization_number(Numbers()[forbund]);
    delivery.forbund.set_start_date("2015-01-01");
    delivery.preliminary = handlers::ToProto(report);
    return delivery;
  }

  v1::SealedReportContent ContentOf(const Delivery& delivery) const {
    v1::SealedReportContent content;
    content.set_format_version(envelope::kSealedReportFormat);
    content.set_organization_number(delivery.forbund.organization_number());
    content.set_display_name(delivery.forbund.display_name());
    content.set_year(kYear);
    content.set_revision(1);
    content.set_definitions_version(outcome::kDefinitionsVersion);
    *content.mutable_report() = *delivery.preliminary;
    return content;
  }

  Delivery Sealed(const Delivery& delivery,
                  const v1::SealedReportContent& content) const {
    Delivery sealed;
    sealed.forbund = delivery.forbund;
    sealed.sealed.emplace();
    sealed.sealed->set_revision(content.revision());
    sealed.sealed->set_payload(envelope::PayloadOf(content));
    sealed.sealed->set_signature(key_.Sign(sealed.sealed->payload()));
    return sealed;
  }
  Delivery Sealed(const Delivery& delivery) const {
    return Sealed(delivery, ContentOf(delivery));
  }

  void AddNode(std::vector<Delivery> deliveries) {
    Node& node = nodes_.emplace_back();
    node.address = absl::StrCat("127.0.0.1:", 7443 + nodes_.size());
    NodeAnswer& answer = answers_.emplace_back();
    answer.deliveries = std::move(deliveries);
    answer.codes = CodesOf(table_.Codes().Book());
  }
  // The one delivery of a node.
  Delivery& Of(size_t node) { return answers_[node].deliveries.front(); }

  Question Asked() const { return {kYear, breakdowns_, {}}; }
  Gathered Gather() const {
    return rollup::Gather(
        nodes_, answers_, Asked(), [this](const std::string& /*number*/) {
          return has_key_ ? std::optional(key_.PublicPem()) : std::nullopt;
        });
  }
  v1::OutcomeReport MessageOf(const Gathered& gathered) const {
    const auto merged = Merge(gathered, Asked());
    EXPECT_TRUE(merged.ok()) << merged.status();
    if (!merged.ok()) return {};
    return rollup::MessageOf(*merged, gathered.sources);
  }
  const Source& SourceOf(const Gathered& gathered,
                         const std::string& number) const {
    for (const Source& source : gathered.sources) {
      if (source.organization_number() == number) return source;
    }
    ADD_FAILURE() << "no source for " << number;
    return gathered.sources.front();
  }
  void ExpectGap(size_t forbund, Source::Gap gap,
                 const std::string& detail = "") const {
    const Gathered gathered = Gather();
    const Source& source = SourceOf(gathered, Numbers()[forbund]);
    EXPECT_EQ(source.state(), Source::STATE_MISSING);
    EXPECT_EQ(Source::Gap_Name(source.gap()), Source::Gap_Name(gap));
    EXPECT_EQ(source.detail(), detail);
    EXPECT_EQ(source.revision(), 0);
    EXPECT_THAT(gathered.parts, SizeIs(2)) << "the others are as they were";
  }

  SigningKey key_;
  bool has_key_ = true;
  outcome::FactTable table_;
  outcome::ReportRequest request_ = outcome::YearRequest(kYear);
  std::vector<std::string> breakdowns_;
  std::vector<Node> nodes_;
  std::vector<NodeAnswer> answers_;
};

std::string Different(const v1::OutcomeReport& a, const v1::OutcomeReport& b) {
  std::string told;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&told);
  differencer.Compare(a, b);
  return told;
}

TEST_F(RollupTest, OfOneNodeIsThatOfMany) {
  v1::OutcomeReport many = MessageOf(Gather());
  nodes_.clear();
  answers_.clear();
  AddNode({Preliminary(0), Preliminary(1), Preliminary(2)});
  v1::OutcomeReport one = MessageOf(Gather());
  // By name, as the sources are.
  v1::OutcomeReport whole = handlers::ToProto(ReportOf({1, 0, 2}));

  ASSERT_THAT(one.forbund(), ElementsAre("Norr", "Prov", "Väst"));
  whole.set_feed_position(0);
  for (v1::OutcomeReport* report : {&many, &one}) {
    EXPECT_THAT(report->sources(), SizeIs(3));
    report->clear_sources();
    EXPECT_EQ(Different(*report, whole), "");
  }
}

TEST_F(RollupTest, IsTheSameWhateverTheOrderOfTheAnswers) {
  AddNode({Sealed(Of(0))});
  Of(2) = Sealed(Of(2));
  AddNode({Of(2)});
  AddNode({});
  answers_.back().failure = Failure{Source::GAP_NO_ANSWER, ""};
  const v1::OutcomeReport first = MessageOf(Gather());
  std::mt19937 random(5);
  for (int i = 0; i < 20; ++i) {
    std::vector<size_t> order(nodes_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    const auto nodes = nodes_;
    const auto answers = answers_;
    for (size_t j = 0; j < order.size(); ++j) {
      nodes_[j] = nodes[order[j]];
      answers_[j] = answers[order[j]];
    }

    EXPECT_EQ(Different(MessageOf(Gather()), first), "");
  }
}

TEST_F(RollupTest, TakesASealedReportWhoseSignatureIsRight) {
  v1::SealedReportContent content = ContentOf(Of(0));
  content.set_revision(3);
  Of(0) = Sealed(Of(0), content);

  const Gathered gathered = Gather();

  const Source& source = SourceOf(gathered, Numbers()[0]);
  EXPECT_EQ(source.state(), Source::STATE_SEALED);
  EXPECT_EQ(source.revision(), 3);
  EXPECT_THAT(source.addresses(), ElementsAre(nodes_[0].address));
  EXPECT_FALSE(AnyMissing(gathered.sources));
  EXPECT_EQ(SourceOf(gathered, Numbers()[1]).state(),
            Source::STATE_PRELIMINARY);
}

TEST_F(RollupTest, RefusesASealedReportWithoutAKey) {
  Of(0) = Sealed(Of(0));
  has_key_ = false;
  ExpectGap(0, Source::GAP_KEY_MISSING);
}

TEST_F(RollupTest, RefusesASealedReportOfAnotherKey) {
  Of(0) = Sealed(Of(0));
  Of(0).sealed->set_signature(SigningKey().Sign(Of(0).sealed->payload()));
  ExpectGap(0, Source::GAP_SIGNATURE_WRONG);
}

TEST_F(RollupTest, RefusesASealedReportThatIsNotTheOneAskedFor) {
  const Delivery preliminary = Of(0);
  const v1::SealedReportContent right = ContentOf(preliminary);
  std::vector<v1::SealedReportContent> wrong(5, right);
  wrong[0].set_organization_number(Numbers()[1]);
  wrong[1].set_year(kYear - 1);
  wrong[2].mutable_report()->set_to("2020-06-30");
  wrong[3].mutable_report()->set_published(true);
  wrong[4].set_format_version(envelope::kSealedReportFormat + 1);
  for (const v1::SealedReportContent& content : wrong) {
    Of(0) = Sealed(preliminary, content);
    ExpectGap(0, Source::GAP_CONTENT_WRONG);
  }
  // The revision is said beside what is signed.
  Of(0) = Sealed(preliminary, right);
  Of(0).sealed->set_revision(2);
  ExpectGap(0, Source::GAP_CONTENT_WRONG);
}

TEST_F(RollupTest, RefusesAReportThatCannotBeAddedAndAddsTheOthers) {
  auto& rows = *Of(0).preliminary->mutable_breakdowns();
  for (v1::BreakdownRow& row : rows) {
    if (row.dimension() == "INSATS") row.set_forbund("Norr");
  }
  ExpectGap(0, Source::GAP_CONTENT_WRONG);
  rows.Clear();
  ExpectGap(0, Source::GAP_CONTENT_WRONG);
}

TEST_F(RollupTest, RefusesOtherDefinitions) {
  v1::SealedReportContent content = ContentOf(Of(0));
  content.set_definitions_version(outcome::kDefinitionsVersion + 1);
  Of(0) = Sealed(Of(0), content);
  ExpectGap(0, Source::GAP_OTHER_DEFINITIONS,
            absl::StrCat(outcome::kDefinitionsVersion + 1));
}

TEST_F(RollupTest, RefusesTheCodeListsThatFewerHave) {
  const int version = Of(1).preliminary->code_list_version() + 1;
  Of(1).preliminary->set_code_list_version(version);
  ExpectGap(1, Source::GAP_OTHER_CODE_LISTS, absl::StrCat(version));
}

TEST_F(RollupTest, RefusesTheExcludedReasonsThatFewerHave) {
  Of(1).preliminary->add_excluded_end_reasons("flytt");
  ExpectGap(1, Source::GAP_OTHER_EXCLUDED_REASONS, "felregistrering, flytt");
}

TEST_F(RollupTest, TakesTheSameSealedReportFromTwoNodesOnce) {
  Of(0) = Sealed(Of(0));
  const Gathered once = Gather();
  AddNode({Of(0)});

  const Gathered twice = Gather();

  EXPECT_EQ(twice.parts.size(), once.parts.size());
  const Source& source = SourceOf(twice, Numbers()[0]);
  EXPECT_EQ(source.state(), Source::STATE_SEALED);
  EXPECT_THAT(source.addresses(),
              ElementsAre(nodes_[0].address, nodes_[3].address));
}

TEST_F(RollupTest, RefusesAForbundThatTwoNodesGiveDifferently) {
  const Delivery preliminary = Of(0);
  AddNode({preliminary});
  ExpectGap(0, Source::GAP_DELIVERED_TWICE);

  Of(0) = Sealed(preliminary);
  ExpectGap(0, Source::GAP_DELIVERED_TWICE);

  v1::SealedReportContent later = ContentOf(preliminary);
  later.set_revision(2);
  Of(3) = Sealed(preliminary, later);
  ExpectGap(0, Source::GAP_DELIVERED_TWICE);
}

TEST_F(RollupTest, NamesWhatASilentNodeWouldHaveGiven) {
  answers_[1].deliveries.clear();
  answers_[1].failure = Failure{Source::GAP_NO_ANSWER, ""};
  nodes_[1].forbund = {Numbers()[1]};
  ExpectGap(1, Source::GAP_NO_ANSWER);
}

TEST_F(RollupTest, NamesASilentNodeOfWhichNothingIsKnown) {
  answers_[1].deliveries.clear();
  answers_[1].failure = Failure{Source::GAP_NO_ANSWER, ""};

  const Gathered gathered = Gather();

  ASSERT_THAT(gathered.sources, SizeIs(3));
  const Source& source = gathered.sources.front();
  EXPECT_EQ(source.forbund(), "");
  EXPECT_THAT(source.addresses(), ElementsAre(nodes_[1].address));
  EXPECT_EQ(source.gap(), Source::GAP_NO_ANSWER);
}

TEST_F(RollupTest, NamesWhatANodeFailedToGiveAfterItHadNamedIt) {
  Of(1).preliminary.reset();
  Of(1).failure = Failure{Source::GAP_REFUSED, "RECORD_UNREADABLE"};
  ExpectGap(1, Source::GAP_REFUSED, "RECORD_UNREADABLE");
}

TEST_F(RollupTest, NamesANodeThatFailedAlsoWhenAnotherGaveTheSame) {
  Delivery failed = Of(0);
  failed.preliminary.reset();
  failed.failure = Failure{Source::GAP_NO_ANSWER, ""};
  AddNode({failed});

  const Gathered gathered = Gather();

  EXPECT_THAT(gathered.parts, SizeIs(3));
  ASSERT_THAT(gathered.sources, SizeIs(4));
  EXPECT_THAT(gathered.sources.front().addresses(),
              ElementsAre(nodes_[3].address));
  EXPECT_TRUE(AnyMissing(gathered.sources));
}

TEST_F(RollupTest, NamesWhatANodeShouldServeAndDoesNot) {
  nodes_[0].forbund = {"222000-1263"};

  const Gathered gathered = Gather();

  EXPECT_THAT(gathered.parts, SizeIs(3));
  EXPECT_EQ(SourceOf(gathered, "222000-1263").gap(), Source::GAP_NOT_SERVED);
}

TEST_F(RollupTest, LeavesOutAForbundThatWasNotThereInTheYear) {
  Of(1).forbund.set_start_date("2021-01-01");
  EXPECT_THAT(Gather().parts, SizeIs(3)) << "it has people in the year";

  *Of(1).preliminary->mutable_participants() = v1::Participants();
  nodes_[1].forbund = {Numbers()[1]};

  const Gathered gathered = Gather();
  EXPECT_THAT(gathered.sources, SizeIs(2));
  EXPECT_FALSE(AnyMissing(gathered.sources));
}

TEST_F(RollupTest, RefusesTwoForbundOfOneName) {
  const std::string name = Of(0).preliminary->forbund(0);
  Of(1).preliminary->set_forbund(0, name);
  for (v1::BreakdownRow& row : *Of(1).preliminary->mutable_breakdowns()) {
    if (row.dimension() == "FORBUND") row.set_value(name);
  }

  const Gathered gathered = Gather();

  EXPECT_THAT(gathered.parts, SizeIs(1));
  for (const size_t i : {size_t{0}, size_t{1}}) {
    EXPECT_EQ(SourceOf(gathered, Numbers()[i]).gap(), Source::GAP_NAME_TAKEN);
  }
}

TEST_F(RollupTest, TrustsNoNumberThatIsNone) {
  Of(1).forbund.set_organization_number("../../key");

  const Gathered gathered = Gather();

  EXPECT_THAT(gathered.parts, SizeIs(2));
  EXPECT_EQ(SourceOf(gathered, "").gap(), Source::GAP_CONTENT_WRONG);
}

TEST_F(RollupTest, OfNothingHasNoParts) {
  for (NodeAnswer& answer : answers_) {
    answer = {};
    answer.failure = Failure{Source::GAP_NO_ANSWER, ""};
  }
  EXPECT_THAT(Gather().parts, IsEmpty());
  EXPECT_THAT(Gather().sources, SizeIs(3));
}

}  // namespace
}  // namespace stegvis::rollup
