#!/usr/bin/env bash
# Becomes a broker: kafka-server-start.sh FILE
set -eu
export KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:--Xmx1g -Xms1g}
configured=$(dirname "$1")/log4j2.yaml
export KAFKA_LOG4J_OPTS=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$configured}
exec "$(dirname "$0")/kafka-run-class.sh" -server kafka.Kafka "$@"
