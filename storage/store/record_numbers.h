// The numbers that enums are stored as: the place in these lists, from 1. A
// list only ever grows at its end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/domain/access.h"
#include "services/domain/counts.h"
#include "services/domain/findings.h"
#include "services/domain/forbund.h"
#include "services/domain/insats.h"

namespace stegvis::storage {

inline constexpr std::array kAnswerTypes = {
    domain::AnswerType::kYesNo, domain::AnswerType::kNumber,
    domain::AnswerType::kText, domain::AnswerType::kChoice};

inline constexpr std::array kOrientations = {domain::Orientation::kIndividual,
                                             domain::Orientation::kStructural};

inline constexpr std::array kMethods = {domain::RegistrationMethod::kPersonal,
                                        domain::RegistrationMethod::kVolume};

inline constexpr std::array kCountKinds = {domain::CountKind::kAnonymous,
                                           domain::CountKind::kVolume};

inline constexpr std::array kFindingKinds = {
    domain::FindingKind::kAgeOutside16To65,
    domain::FindingKind::kConsentOld,
    domain::FindingKind::kExitLate,
    domain::FindingKind::kSituationUnchanged,
    domain::FindingKind::kFollowUp6Off,
    domain::FindingKind::kFollowUp12Off};

inline constexpr std::array kRoles = {
    domain::Role::kForbundAdmin, domain::Role::kSamordnare,
    domain::Role::kAnalyst,      domain::Role::kDataskydd,
    domain::Role::kImporter,     domain::Role::kNational,
    domain::Role::kOperator};

// 0 when `value` is not in the list.
template <typename T, size_t kSize>
constexpr uint32_t NumberOf(const std::array<T, kSize>& list, T value) {
  for (size_t i = 0; i < kSize; ++i) {
    if (list[i] == value) return static_cast<uint32_t>(i + 1);
  }
  return 0;
}

// The inverse; nothing for numbers of no value.
template <typename T, size_t kSize>
constexpr std::optional<T> ValueOf(const std::array<T, kSize>& list,
                                   uint32_t number) {
  if (number == 0 || number > kSize) return std::nullopt;
  return list[number - 1];
}

}  // namespace stegvis::storage
