#include "engine/network.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

#include "base/check.h"

namespace tillstorm {
namespace {

/// Latency first, then the number of links: added and compared as one number.
struct Length {
  std::int64_t latency_us = 0;
  std::uint32_t links = 0;
  auto operator<=>(const Length&) const = default;
};
constexpr Length kUnreachable{std::numeric_limits<std::int64_t>::max(), 0};

Length operator+(const Length& a, const Length& b) {
  if (a == kUnreachable || b == kUnreachable) return kUnreachable;
  return {a.latency_us + b.latency_us, a.links + b.links};
}

struct EdgeData {
  Length length;
  LinkId link{};
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, EdgeData>;

Graph graph_of(const Network& network) {
  Graph graph(network.sites());
  for (std::uint32_t i = 0; i < network.links().size(); ++i) {
    const Link& link = network.links()[i];
    if (network.is_up(LinkId{i}))
      boost::add_edge(index_of(link.from), index_of(link.to), EdgeData{{link.latency.us, 1}, LinkId{i}}, graph);
  }
  return graph;
}

}  // namespace

LinkId Network::connect(SiteId a, SiteId b, Duration latency, std::int64_t cost) {
  check(index_of(a) < sites() && index_of(b) < sites() && a != b, "a link connects two different sites of its network");
  check(latency.us > 0 && cost >= 0, "a link has a positive latency and a cost that is not negative");
  links_.push_back({a, b, latency, cost, 0});
  return LinkId{static_cast<std::uint32_t>(links_.size() - 1)};
}

void Network::begin_outage(LinkId link) { ++links_[index_of(link)].outages; }
void Network::end_outage(LinkId link) {
  check(links_[index_of(link)].outages > 0, "an outage of a link ends after it began");
  --links_[index_of(link)].outages;
}
void Network::begin_outage(SiteId site) { ++site_outages_[index_of(site)]; }
void Network::end_outage(SiteId site) {
  check(site_outages_[index_of(site)] > 0, "an outage of a site ends after it began");
  --site_outages_[index_of(site)];
}

bool Network::is_up(LinkId id) const {
  const Link& link = links_[index_of(id)];
  return link.outages == 0 && is_up(link.from) && is_up(link.to);
}

std::vector<std::uint32_t> Network::components() const {
  std::vector<std::uint32_t> part(sites());
  if (!part.empty()) boost::connected_components(graph_of(*this), part.data());
  // Boost numbers parts as it meets them; number them by their lowest site whatever it does.
  std::vector<std::uint32_t> renumbered(part.size(), kNone);
  std::uint32_t parts = 0;
  for (std::uint32_t& p : part) {
    if (renumbered[p] == kNone) renumbered[p] = parts++;
    p = renumbered[p];
  }
  return part;
}

bool Network::reachable(SiteId from, SiteId to) const {
  if (!is_up(from) || !is_up(to)) return false;
  const std::vector<std::uint32_t> part = components();
  return part[index_of(from)] == part[index_of(to)];
}

std::optional<Route> Network::shortest_route(SiteId from, SiteId to) const {
  check(index_of(from) < sites() && index_of(to) < sites(), "a route joins two sites of its network");
  if (!is_up(from) || !is_up(to)) return std::nullopt;
  const Graph graph = graph_of(*this);
  std::vector<Length> distance(sites(), kUnreachable);
  boost::dijkstra_shortest_paths(graph, index_of(from),
                                 boost::weight_map(boost::get(&EdgeData::length, graph))
                                     .distance_map(distance.data())
                                     .distance_inf(kUnreachable)
                                     .distance_zero(Length{}));
  if (distance[index_of(to)] == kUnreachable) return std::nullopt;

  // Distances are unique; the way back is chosen among equals by the number of the link, not by Boost's order.
  Route route;
  route.latency = Duration{distance[index_of(to)].latency_us};
  for (std::size_t site = index_of(to); site != index_of(from);) {
    LinkId best{kNone};
    std::size_t previous = site;
    for (const auto& edge : boost::make_iterator_range(boost::out_edges(site, graph))) {
      const EdgeData& data = graph[edge];
      const std::size_t other = boost::target(edge, graph);
      if (distance[other] + data.length == distance[site] && data.link < best) {
        best = data.link;
        previous = other;
      }
    }
    route.links.push_back(best);
    route.cost += links_[index_of(best)].cost;
    site = previous;
  }
  std::reverse(route.links.begin(), route.links.end());
  return route;
}

}  // namespace tillstorm
