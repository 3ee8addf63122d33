// What must hold of every message and reason, whoever adds one.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "stegvis/v1/access.pb.h"
#include "stegvis/v1/admin.pb.h"
#include "stegvis/v1/annotations.pb.h"
#include "stegvis/v1/audit.pb.h"
#include "stegvis/v1/code_list.pb.h"
#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/erasure.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/import.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/kept_witnesses.pb.h"
#include "stegvis/v1/outcome.pb.h"
#include "stegvis/v1/participation.pb.h"
#include "stegvis/v1/person.pb.h"
#include "stegvis/v1/publication.pb.h"
#include "stegvis/v1/reasons.pb.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::validation {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

const std::filesystem::path kSource = STEGVIS_SOURCE_DIR;

// One file descriptor of each; so that they are linked, by a symbol of each.
std::vector<const FileDescriptor*> LinkedFiles() {
  return {v1::Grant::descriptor()->file(),
          v1::GetStatusRequest::descriptor()->file(),
          v1::AuditHead::descriptor()->file(),
          v1::Sensitivity_descriptor()->file(),
          v1::Code::descriptor()->file(),
          v1::Count::descriptor()->file(),
          v1::Erasure::descriptor()->file(),
          v1::Forbund::descriptor()->file(),
          v1::ImportOptions::descriptor()->file(),
          v1::Insats::descriptor()->file(),
          v1::WitnessesBeside::descriptor()->file(),
          v1::OutcomeReport::descriptor()->file(),
          v1::Participation::descriptor()->file(),
          v1::FindPersonRequest::descriptor()->file(),
          v1::Reason_descriptor()->file(),
          v1::SealedReport::descriptor()->file(),
          v1::Release::descriptor()->file()};
}

std::set<std::string> WrittenFiles() {
  std::set<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(kSource / "proto/stegvis/v1")) {
    names.insert("stegvis/v1/" + entry.path().filename().string());
  }
  return names;
}

void AddUnclassified(const Descriptor& message, std::set<std::string>& found) {
  for (int i = 0; i < message.field_count(); ++i) {
    const auto sensitivity =
        message.field(i)->options().GetExtension(v1::sensitivity);
    if (sensitivity == v1::SENSITIVITY_UNSPECIFIED) {
      found.insert(message.field(i)->full_name());
    }
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    AddUnclassified(*message.nested_type(i), found);
  }
}

TEST(EveryField, HasASensitivity) {
  std::set<std::string> unclassified;
  std::set<std::string> looked_at;
  for (const FileDescriptor* file : LinkedFiles()) {
    looked_at.insert(file->name());
    for (int i = 0; i < file->message_type_count(); ++i) {
      AddUnclassified(*file->message_type(i), unclassified);
    }
  }

  EXPECT_EQ(looked_at, WrittenFiles());
  EXPECT_THAT(unclassified, ::testing::IsEmpty());
}

// The reasons written in `file`: texts in capitals.
void AddReasonsOf(const std::filesystem::path& file,
                  std::set<std::string>& reasons) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  const std::string source = text.str();
  static const std::regex kReason("\"([A-Z][A-Z0-9_]+)\"");
  for (std::sregex_iterator at(source.begin(), source.end(), kReason), end;
       at != end; ++at) {
    reasons.insert((*at)[1]);
  }
}

TEST(EveryReason, StandsInTheProtoAndInTheErrors) {
  std::set<std::string> in_errors;
  AddReasonsOf(kSource / "services/base/errors.h", in_errors);
  AddReasonsOf(kSource / "services/base/errors.cc", in_errors);
  AddReasonsOf(kSource / "services/base/installation_errors.cc", in_errors);
  std::set<std::string> in_proto;
  const auto& reasons = *v1::Reason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    if (reasons.value(i)->number() == 0) continue;
    in_proto.insert(reasons.value(i)->name().substr(sizeof("REASON_") - 1));
  }

  EXPECT_EQ(in_errors, in_proto);
}

}  // namespace
}  // namespace stegvis::validation
