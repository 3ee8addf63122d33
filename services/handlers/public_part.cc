#include "services/handlers/public_part.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/disclosure/release.h"
#include "services/disclosure/release_model.h"

namespace stegvis::handlers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::MessageDifferencer;

bool IsSmall(const v1::PeopleCount& count) {
  return disclosure::IsSmall(count.total()) ||
         disclosure::IsSmall(count.women()) || disclosure::IsSmall(count.men());
}

bool PrintsSmall(const Message& message) {
  if (message.GetDescriptor() == v1::PeopleCount::descriptor()) {
    return IsSmall(static_cast<const v1::PeopleCount&>(message));
  }
  const Reflection& fields = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  fields.ListFields(message, &set);
  return absl::c_any_of(set, [&](const FieldDescriptor* field) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return false;
    // A difference of two counts is no count.
    if (field->number() == v1::SupportRow::kChangeFieldNumber &&
        field->containing_type() == v1::SupportRow::descriptor()) {
      return false;
    }
    if (!field->is_repeated()) {
      return PrintsSmall(fields.GetMessage(message, field));
    }
    for (int i = 0; i < fields.FieldSize(message, field); ++i) {
      if (PrintsSmall(fields.GetRepeatedMessage(message, field, i))) {
        return true;
      }
    }
    return false;
  });
}

// Of the whole year, without selections, and in the standard breakdowns.
bool IsStandard(const v1::OutcomeReport& report, int year) {
  if (report.from() != absl::StrCat(year, "-01-01") ||
      report.to() != absl::StrCat(year, "-12-31") ||
      !report.filters().empty() || !report.sources().empty() ||
      !report.unreadable_records().empty()) {
    return false;
  }
  const std::vector<outcome::Dimension> standard =
      disclosure::StandardBreakdowns(disclosure::Level::kNation);
  return absl::c_all_of(report.breakdowns(), [&](const v1::BreakdownRow& row) {
    const std::optional<outcome::Dimension> dimension =
        outcome::DimensionNamed(row.dimension());
    return dimension.has_value() && absl::c_linear_search(standard, *dimension);
  });
}

}  // namespace

v1::Release PublicPartOf(const v1::Release& release) {
  v1::Release part;
  *part.mutable_report() = release.report();
  part.set_counts(release.counts());
  part.set_withheld_small(release.withheld_small());
  part.set_withheld_further(release.withheld_further());
  return part;
}

bool SayTheSame(const v1::Release& one, const v1::Release& other) {
  return MessageDifferencer::Equals(PublicPartOf(one), PublicPartOf(other));
}

absl::Status CheckPublicPart(const v1::Release& release, int year) {
  const v1::OutcomeReport& report = release.report();
  if (!report.published() || !IsStandard(report, year) || PrintsSmall(report)) {
    return AtField("release.report", errors::ReleaseInvalid());
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
