#pragma once
// `people`: the tills, how long they take, and how patient customers are.
#include <cstdint>
#include <optional>
#include <vector>

#include "base/fields.h"
#include "rules/exceptions.h"
#include "rules/law.h"

namespace tillstorm {

/// Checkout time = overhead + scan x units + time of the tender, or one law for the whole.
struct Checkout {
  double scan_seconds_per_unit = 2.8;
  double overhead_seconds = 30;
  std::vector<double> tender_seconds{18.7, 20.5, 20.5, 15.2, 15.2};
  std::optional<LawSpec> law_seconds;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Checkout::scan_seconds_per_unit, Field("scan_seconds_per_unit", "Scanning one unit.")
                                                .in("s")
                                                .range(0, 3600)
                                                .from("parameters: people.scan_s_per_unit"));
    visit(&Checkout::overhead_seconds, Field("overhead_seconds", "Greeting, bagging, receipt.")
                                           .in("s")
                                           .range(0, 3600)
                                           .from("parameters: people.ticket_overhead_s"));
    visit(&Checkout::tender_seconds,
          Field("tender_seconds", "Paying by cash, credit, debit, gift card, voucher.")
              .in("s")
              .range(0, 3600)
              .items(5, 5)
              .from("parameters: people.tender_s (card: mean of contactless with PIN, inserted and phone)"));
    visit(&Checkout::law_seconds, Field("law_seconds", "The whole checkout by one law, instead of its parts.").in("s"));
  }
};

/// Tills that fail and come back; the interrupted checkout goes on where it stopped.
struct TillFailures {
  LawSpec up_hours = LawSpec::exponential(2300);
  LawSpec repair_hours = LawSpec::exponential(5.43);
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TillFailures::up_hours, Field("up_hours", "Time a till works until it fails, idle or busy.")
                                       .in("h")
                                       .from("parameters: faults.pos_mtbf_h"));
    visit(&TillFailures::repair_hours,
          Field("repair_hours", "Time until it works again.").in("h").from("parameters: faults.pos_repair_h"));
  }
};

/// Customers who see a long queue and do not join it: nobody below `from_waiting`, then a share that grows linearly.
struct Balking {
  std::int32_t from_waiting = 5;
  std::int64_t ppm_per_customer = 20'000;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Balking::from_waiting, Field("from_waiting", "Customers waiting from which some turn away.")
                                      .in("customers")
                                      .range(0, 1e6)
                                      .from("parameters: people.balking_effect (note)"));
    visit(&Balking::ppm_per_customer,
          Field("ppm_per_customer", "Further share turning away for each customer above that.")
              .in("ppm")
              .range(0, 1e6)
              .from("parameters: people.balking_effect (0.9 from 10 to 15 waiting)"));
  }
};

struct People {
  Checkout checkout{};
  std::int32_t till_room = 0;
  std::optional<LawSpec> patience_minutes = LawSpec::log_normal(8.9, 0.62);
  std::optional<Balking> balking = Balking{};
  std::optional<TillFailures> till_failures;
  ExceptionStaff exceptions{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&People::checkout, Field("checkout", "Time at the till."));
    visit(&People::till_room,
          Field("till_room",
                "Most customers at the tills, waiting or served; a further one is turned away; 0 means no limit.")
              .in("customers")
              .range(0, 1e9));
    visit(&People::patience_minutes,
          Field("patience_minutes", "How long a customer waits in the queue before giving up; null means for ever.")
              .in("min")
              .from("parameters: people.queue_patience_min"));
    visit(&People::balking, Field("balking", "Customers who turn away at a long queue; null means none."));
    visit(&People::exceptions, Field("exceptions", "Who works exceptions off (rule EXC-06)."));
    visit(&People::till_failures, Field("till_failures", "Tills that fail; absent means none."));
  }
};

}  // namespace tillstorm
