package org.manyi.engine;

import java.beans.FeatureDescriptor;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;

/**
 * Lets a diagram call the step beans ({@code …Steps}) of the rooms and nothing else: no other bean of the application, and never
 * a class.
 */
class GuardedExpressionManager extends SpringExpressionManager {

    private static final String STEPS = "Steps";

    GuardedExpressionManager(ApplicationContext context) {
        super(context, new StepBeans(context));
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver guarded = new CompositeELResolver();
        guarded.add(new NoClasses());
        guarded.add(super.createElResolver());
        return guarded;
    }

    /** Looks beans up when an expression names them, for they do not exist yet when the engine is configured. */
    private static final class StepBeans extends AbstractMap<Object, Object> {

        private final ApplicationContext context;

        StepBeans(ApplicationContext context) {
            this.context = context;
        }

        @Override
        public boolean containsKey(Object name) {
            return name instanceof String bean && bean.endsWith(STEPS) && context.containsBean(bean);
        }

        @Override
        public Object get(Object name) {
            return containsKey(name) ? context.getBean((String) name) : null;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return Set.of();
        }
    }

    /** Refuses the way from any object to its class, and so to everything else. */
    private static final class NoClasses extends ELResolver {

        private static final Set<String> DENIED =
                Set.of("class", "getClass", "classLoader", "getClassLoader", "forName");

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            refuse(base, property);
            return null;
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] params) {
            refuse(base, method);
            return null;
        }

        private static void refuse(Object base, Object property) {
            boolean reflective = base instanceof Class<?> || base instanceof ClassLoader || base instanceof Runtime;
            if (reflective || base != null && property != null && DENIED.contains(property.toString())) {
                throw new ELException("Expressions may not reach classes");
            }
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            return null;
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object newValue) {
            refuse(base, property);
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            return true;
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return Object.class;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return null;
        }
    }
}
