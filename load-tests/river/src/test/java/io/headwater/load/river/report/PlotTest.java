package io.headwater.load.river.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotTest {
  @Test
  void theLongestBarIsTwiceAsLongAsHalfOfIt() throws Exception {
    Map<String, Double> bars = new LinkedHashMap<>();
    bars.put("Headwater", 200.0);
    bars.put("a < b & c", 100.0);

    Document svg = parsed(BarPlot.svg("Rates", bars));

    double first = width(svg, 1);
    assertThat(first).isEqualTo(2 * width(svg, 2));
    assertThat(svg.getDocumentElement().getTextContent()).contains("a < b & c", "200.0");
  }

  @Test
  void noBarsAreAPictureToo() throws Exception {
    assertThat(parsed(BarPlot.svg("Rates", Map.of()))).isNotNull();
  }

  @Test
  void aCurveRisesToTheRight() throws Exception {
    Histogram latencies = new Histogram(3);
    for (int micros = 1_000; micros <= 100_000; micros += 100) {
      latencies.recordValue(micros);
    }

    Document svg = parsed(LatencyPlot.svg("Latency", Map.of("at 50 % load", latencies)));

    Element line = (Element) svg.getElementsByTagName("polyline").item(0);
    double height = Double.MAX_VALUE;
    for (String point : line.getAttribute("points").split(" ")) {
      double y = Double.parseDouble(point.split(",")[1]);
      assertThat(y).isLessThanOrEqualTo(height);
      height = y;
    }
  }

  private static double width(Document svg, int index) {
    Element box = (Element) svg.getElementsByTagName("rect").item(index);
    return Double.parseDouble(box.getAttribute("width"));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
