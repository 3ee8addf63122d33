#include "services/envelope/sealed_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace stegvis::envelope {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

v1::SealedReport AReport(const v1::SealedReportContent& content) {
  v1::SealedReport report;
  report.set_payload(PayloadOf(content));
  report.set_signature("signed");
  report.set_key_id("a key");
  return report;
}

v1::SealedReportContent AContent() {
  v1::SealedReportContent content;
  content.set_format_version(kSealedReportFormat);
  content.set_display_name("Samordningsförbundet Exempel");
  content.set_year(2020);
  content.set_revision(2);
  content.mutable_report()->mutable_participants()->set_coverage(0.7);
  return content;
}

TEST(SealedReport, ComesOutOfItsEnvelopeAsItWentIn) {
  const v1::SealedReportContent content = AContent();

  const auto read = ContentOf(EnvelopeOf(AReport(content)));

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(PayloadOf(*read), PayloadOf(content));
}

TEST(SealedReport, OfANewerFormatIsRefused) {
  v1::SealedReportContent content = AContent();
  content.set_format_version(kSealedReportFormat + 1);

  EXPECT_THAT(ContentOf(EnvelopeOf(AReport(content))).status(),
              HasReason("FORMAT_TOO_NEW"));
}

TEST(SealedReport, OfAnotherTypeOrWithoutAFormatIsNone) {
  v1::SignedEnvelope envelope = EnvelopeOf(AReport(AContent()));
  envelope.set_payload_type("text/plain");
  EXPECT_THAT(ContentOf(envelope).status(), HasReason("ENVELOPE_INVALID"));

  v1::SealedReportContent content = AContent();
  content.clear_format_version();
  EXPECT_THAT(ContentOf(EnvelopeOf(AReport(content))).status(),
              HasReason("ENVELOPE_INVALID"));

  EXPECT_THAT(ContentOfPayload("no message").status(),
              HasReason("ENVELOPE_INVALID"));
}

}  // namespace
}  // namespace stegvis::envelope
