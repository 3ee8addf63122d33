// Every limit, in one place.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stegvis::limits {

inline constexpr size_t kMaxTitleBytes = 200;
inline constexpr size_t kMaxContactBytes = 1000;
inline constexpr size_t kMaxDescriptionBytes = 4000;
inline constexpr size_t kMaxAnswerBytes = 1000;
inline constexpr size_t kMaxAcknowledgementBytes = 500;
inline constexpr size_t kMaxUserBytes = 64;

inline constexpr int kMaxParties = 50;
inline constexpr int kMaxKommuner = 300;
inline constexpr int kMaxTargetGroups = 20;
inline constexpr int kMaxChoices = 50;
inline constexpr int kMaxAnswers = 50;
inline constexpr int kMaxMonthsOnSupport = 1200;
inline constexpr int kMaxHoursAWeek = 80;
inline constexpr int kFirstYear = 2004;  // The first year of SUS.
inline constexpr int64_t kMaxCount = 1'000'000;

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMaxPageSize = 500;
inline constexpr int kMaxRowsPerMessage = 1000;
inline constexpr int kMaxMessageBytes = 4 << 20;

inline constexpr int kRequestMemoryDays = 7;
inline constexpr int kFollowUpToleranceDays = 60;

}  // namespace stegvis::limits
