// For tests: who and what a report is about, found in plain lists as the
// definitions read. Slow, and shares no code with the real one.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/outcome/outcome_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {

// A participation that is in the report, or a record that cannot be read.
struct ModelItem {
  size_t forbund;
  ParticipationKey key;
  const domain::Insats* insats;
  const domain::Participation* is;  // Null when it cannot be read.
};

struct ModelCount {
  size_t forbund;
  const domain::Insats* insats;
  const domain::Count* is;
};

// The people and counts of the whole, or of a row.
struct ModelRow {
  std::vector<ModelItem> items;
  std::vector<ModelItem> unreadable;
  std::vector<ModelCount> counts;
  std::optional<domain::Sex> sex;
};

class ModelPeople {
 public:
  // Both must outlive it.
  ModelPeople(const World& world, const ReportRequest& request);

  const ModelRow& Whole() const { return whole_; }
  // The values a dimension can have, in the order of rows; those of insatser
  // with the number of their förbund.
  std::vector<std::pair<size_t, std::string>> AllValues(
      Dimension dimension) const;
  ModelRow RowOf(Dimension dimension, size_t forbund,
                 const std::string& value) const;

  std::vector<std::string> ForbundNames() const;
  bool Filters(Dimension dimension) const;
  // Whether the filters on `dimension`, if any, let one of `values` through.
  bool Passes(Dimension dimension,
              const std::vector<std::string>& values) const;

  bool Started(const domain::Participation& p) const;
  bool Ended(const domain::Participation& p) const;
  bool Ongoing(const domain::Participation& p) const;
  bool InBase(const domain::Participation& p) const;
  bool Due(const domain::Participation& p, int months) const;

 private:
  void ReadPeople(size_t forbund);
  void ReadCounts(size_t forbund);
  const domain::Insats& InsatsOf(size_t forbund, InsatsId id) const;
  std::vector<std::string> ValuesOf(Dimension dimension,
                                    const ModelItem& item) const;
  std::vector<std::string> InsatsValues(Dimension dimension, size_t forbund,
                                        const domain::Insats& insats) const;
  bool PassesInsats(size_t forbund, const domain::Insats& insats) const;
  bool PassesPerson(const ModelItem& item) const;
  bool InPeriod(Day day) const;
  std::vector<std::string> Found(Dimension dimension) const;
  std::vector<std::pair<size_t, std::string>> Titles() const;

  const World& world_;
  const ReportRequest& request_;
  std::vector<const WorldForbund*> forbund_;
  ModelRow whole_;
};

}  // namespace stegvis::outcome
